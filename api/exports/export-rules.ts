import { exportStateAt, mayStepExport, placeOfAll } from '../../core/export-steps.ts';
import type { Alert, AlertState } from '../../core/schema/alert.ts';
import type { Export, ExportRequest, ExportStepTo } from '../../core/schema/export.ts';
import { isWithin, type Principal } from '../auth/principal.ts';
import { apiError } from '../errors.ts';

/** Of one person. */
const maxWaitingOfOne = 10;
const maxInDayOfOne = 50;
/** Of all: more than anybody could judge. */
const maxWaiting = 200;
const verdicts: readonly AlertState[] = ['resolved', 'falseAlarm', 'duplicate'];
const dayMs = 24 * 3_600_000;

/** A key is nobody: whoever holds it could ask as themselves and approve as it. Throws `export-impersonal`. */
export const requirePerson = ({ id, kind }: Principal): void => {
  if (kind === 'user') return;
  throw apiError('export-impersonal', `${id} is a program; exports are asked for and approved by persons`);
};

/** Whether somebody gets to see an export: one's own, or all below one's ground with the right to approve. */
export const maySeeExport = ({ id, ground, rights }: Principal, exported: Export): boolean =>
  isWithin(exported.ground, ground) && (exported.by === id || rights.has('exports.approve'));

/** Throws `export-unfit`. */
export const requireFit = ({ kind, format, purpose }: ExportRequest): void => {
  if (kind === 'alerts' && format !== undefined)
    throw apiError('export-unfit', `format ${format} is of labels; only hardExamples have labels`);
  if (kind === 'hardExamples' && format === undefined)
    throw apiError('export-unfit', 'hardExamples need a format: yolo or coco');
  if (kind === 'hardExamples' && purpose !== 'training')
    throw apiError('export-unfit', `hardExamples are for training, not for ${purpose}`);
};

/** The place of all alerts that were asked for. Throws `alert-unknown` or `export-unfit`, naming the alert. */
export const groundOf = (
  { kind, alertIds }: ExportRequest,
  found: readonly Alert[],
  ground: string,
): string => {
  const byId = new Map(found.map((alert) => [alert.alertId, alert]));
  for (const id of alertIds) {
    const alert = byId.get(id);
    if (!alert) throw apiError('alert-unknown', `there is no alert ${id} in your ground`);
    if (kind === 'hardExamples' && !wasFalseAlarm(alert))
      throw apiError('export-unfit', `alert ${id} is ${alert.state}; hardExamples are of false alarms`);
  }
  return placeOfAll(found.map(({ place }) => place)) ?? ground;
};

/** By the last verdict, also when it has been reviewed since. */
const wasFalseAlarm = ({ steps }: Alert): boolean =>
  steps.findLast(({ state }) => verdicts.includes(state))?.state === 'falseAlarm';

/** Throws `exports-full`. */
export const requireRoom = (all: readonly Export[], by: string, now: number): void => {
  const waiting = all.filter((one) => exportStateAt(one, now) === 'asked');
  const own = waiting.filter((one) => one.by === by).length;
  const today = all.filter((one) => one.by === by && one.at > now - dayMs).length;
  if (own >= maxWaitingOfOne) throw full(`${own} of your exports wait for an answer`);
  if (today >= maxInDayOfOne) throw full(`you have asked for ${today} exports within a day`);
  if (waiting.length >= maxWaiting) throw full(`${waiting.length} exports wait for an answer`);
};

const full = (what: string) =>
  apiError('exports-full', `${what}; have some answered, withdraw some, or ask again later`);

/** Throws `export-moved`, saying what became of it and by whom. */
export const requireStep = (exported: Export, to: ExportStepTo, now: number): void => {
  if (mayStepExport(exported, to, now)) return;
  const state = exportStateAt(exported, now);
  const by = state === 'expired' ? '' : ` by ${exported.steps.at(-1)?.by ?? exported.by}`;
  throw apiError('export-moved', `export ${exported.exportId} is ${state}${by} and cannot be ${to}`);
};
