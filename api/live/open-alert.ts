import { isPending } from '../../core/alert-steps.ts';
import { deadlinesOf } from '../../core/deadlines.ts';
import type { Alert } from '../../core/schema/alert.ts';
import type { DeadlineRule } from '../../core/schema/deadline.ts';
import { severities } from '../../core/schema/severity.ts';
import type { OpenAlertView } from '../schema/open-alert-view.ts';

/** An open alert as it lies in the index: what it is looked for by, and its answer ready but for `isOverdue`. */
export interface OpenAlert {
  alert: Alert;
  /** The alert's: every search asks for it, of thousands. */
  place: string;
  /** Sorts by urgency: those that were dealt with last, then severity, what is due first, the older. Unique. */
  orderKey: string;
  /** When something is due next; undefined: nothing is. */
  dueAt: number | undefined;
  /** JSON of an `OpenAlertView`, without its last key and brace. */
  json: string;
}

export const orderKeyPattern = /^[01][0-3]\d{16}[0-7][0-9A-HJKMNP-TV-Z]{25}$/;
/** Beyond every instant. */
const never = 999_999_999_999_999;
const instantDigits = 16;

/** Makes an alert's entry by the rules as they are now. */
export const toOpenAlert = (alert: Alert, rules: readonly DeadlineRule[]): OpenAlert => {
  const next = deadlinesOf(alert, rules).find(({ metAt }) => metAt === undefined);
  const due = String(next?.dueAt ?? never).padStart(instantDigits, '0');
  const view = { ...toView(alert), ...(next === undefined ? {} : { due: next.step, dueAt: next.dueAt }) };
  return {
    alert,
    place: alert.place,
    orderKey: `${isPending(alert) ? 0 : 1}${severities.indexOf(alert.severity)}${due}${alert.alertId}`,
    dueAt: next?.dueAt,
    json: JSON.stringify(view).slice(0, -1),
  };
};

const toView = (alert: Alert): Omit<OpenAlertView, 'due' | 'dueAt' | 'isOverdue'> => {
  const { alertId, cameraId, cameraName, place, scenarioId, scenarioName, kind, severity, state } = alert;
  const { raisedAt, facts, zoneId, lineId, incidentId, escalatedTo, endedAt, lastSequence } = alert;
  return {
    ...{
      alertId,
      cameraId,
      cameraName,
      place,
      scenarioId,
      scenarioName,
      kind,
      severity,
      state,
      raisedAt,
      facts,
    },
    ...(zoneId === undefined ? {} : { zoneId }),
    ...(lineId === undefined ? {} : { lineId }),
    ...(incidentId === undefined ? {} : { incidentId }),
    ...(escalatedTo === undefined ? {} : { escalatedTo }),
    ...(endedAt === undefined ? {} : { endedAt }),
    ...holderOf(alert),
    ...{
      snapshot: alert.snapshot.state,
      clip: alert.clip.state,
      comments: alert.comments.length,
      lastSequence,
    },
  };
};

/** Who has it: whoever took the last step, and to whom it was dispatched, until it is dispatched to another. */
const holderOf = ({ steps }: Alert): Pick<OpenAlertView, 'holder'> => {
  const last = steps.at(-1);
  if (last?.by === undefined) return {};
  const responder = steps.findLast((step) => step.responder !== undefined)?.responder;
  return { holder: { by: last.by, since: last.at, ...(responder === undefined ? {} : { responder }) } };
};

/** An entry's answer at an instant. */
export const toOpenAlertJson = ({ json, dueAt }: OpenAlert, now: number): string =>
  `${json},"isOverdue":${dueAt !== undefined && dueAt < now}}`;
