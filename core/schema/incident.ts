import { type Static, Type } from 'typebox';
import { AlertState } from './alert.ts';
import { closed } from './closed.ts';
import { AlertId, CameraPlace, Instant, ResourceId } from './ids.ts';
import { ScenarioKind } from './scenario.ts';
import { Severity } from './severity.ts';

/** An alert as its incident shows it. */
export const IncidentMember = closed({
  alertId: AlertId,
  cameraId: ResourceId,
  place: CameraPlace,
  scenarioId: ResourceId,
  kind: ScenarioKind,
  severity: Severity,
  state: AlertState,
  startedAt: Instant,
  endedAt: Type.Optional(Instant),
});
export type IncidentMember = Static<typeof IncidentMember>;

const count = Type.Integer({ minimum: 0 });

/** 事件: alerts that belong together, as far as they lie in the ground of who asks. */
export const Incident = closed({
  /** Of the alert that it began with, wherever that is. */
  incidentId: AlertId,
  severity: Severity,
  startedAt: Instant,
  /** Absent while any of its situations goes on. */
  endedAt: Type.Optional(Instant),
  counts: closed({ alerts: count, open: count, cameras: count }),
  /** In the order in which they were raised. */
  members: Type.Array(IncidentMember, { minItems: 1, maxItems: 200 }),
});
export type Incident = Static<typeof Incident>;
