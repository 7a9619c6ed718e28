import { type Static, Type } from 'typebox';
import { Alert } from '../../core/schema/alert.ts';
import { closed } from '../../core/schema/closed.ts';
import { DeadlineStep } from '../../core/schema/deadline.ts';
import { Instant, ResourceId } from '../../core/schema/ids.ts';
import { named, refTo } from './named.ts';
import { nextCursor } from './pages.ts';

const { alertId, cameraId, cameraName, place, scenarioId, scenarioName, kind, severity, state } =
  Alert.properties;
const { raisedAt, facts, zoneId, lineId, incidentId, escalatedTo, endedAt, lastSequence } = Alert.properties;
const mediumState = Type.Enum(['pending', 'ready', 'missing', 'deleted']);

/** What a list of open alerts shows of one; `GET /api/v1/alerts/{alertId}` has the rest. */
export const OpenAlertView = named(
  'OpenAlert',
  closed({
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
    ...{ zoneId, lineId, incidentId, escalatedTo, endedAt },
    holder: Type.Optional(
      closed(
        {
          by: Type.String({ description: 'user who took the last step' }),
          since: Instant,
          responder: Type.Optional({ ...ResourceId, description: 'to whom it was dispatched last' }),
        },
        { description: 'who has it; absent while nobody has' },
      ),
    ),
    snapshot: mediumState,
    clip: mediumState,
    comments: Type.Integer({ minimum: 0, description: 'how many there are' }),
    lastSequence,
    due: Type.Optional({ ...DeadlineStep, description: 'what is due next, by `site.deadlines`' }),
    dueAt: Type.Optional(Instant),
    isOverdue: Type.Boolean(),
  }),
);
export type OpenAlertView = Static<typeof OpenAlertView>;

export const OpenAlertPage = named(
  'OpenAlertPage',
  closed({
    items: Type.Array(refTo(OpenAlertView)),
    nextCursor,
    total: Type.Integer({ minimum: 0, description: 'how many there are on all pages' }),
    letGo: Type.Integer({
      minimum: 0,
      description: 'open alerts that are not in the list because there were too many; the history has them',
    }),
    isStale: Type.Boolean({ description: 'the bus is away: the list is as it was when it went' }),
  }),
);
