import { type Static, Type } from 'typebox';
import { closed } from './closed.ts';
import { Duration, ResourceId } from './ids.ts';
import { Label, VehicleLabel } from './label.ts';

/** 1 is the highest of GB/T 28181's four alarm priorities; ours in the same order. */
export const severities = ['urgent', 'high', 'medium', 'low'] as const;
export const Severity = Type.Enum(severities);
export type Severity = (typeof severities)[number];

/** The only reasons for which a scenario may be about people. */
export const purposes = [
  'crushRisk',
  'water',
  'traffic',
  'fireAccess',
  'closedSiteAtNight',
  'keyPlaceSafety',
] as const;
export const Purpose = Type.Enum(purposes);
export type Purpose = (typeof purposes)[number];

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const timeOfDay = Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$|^24:00$', description: 'HH:MM' });

/** When a scenario watches. A span whose end is not after its start runs over midnight. */
export const ScheduleSpan = closed({
  days: Type.Array(Type.Enum(weekdays), { minItems: 1, maxItems: 7 }),
  from: timeOfDay,
  to: timeOfDay,
});
export type ScheduleSpan = Static<typeof ScheduleSpan>;

const shared = {
  id: ResourceId,
  name: Type.String({ minLength: 1, maxLength: 64 }),
  cameras: Type.Array(ResourceId, { minItems: 1, maxItems: 1000 }),
  zone: ResourceId,
  severity: Severity,
  schedule: Type.Optional(Type.Array(ScheduleSpan, { minItems: 1, maxItems: 32 })),
  /** How long the zone must be free of it before the situation counts as over. */
  clearAfter: Type.Optional(Duration),
};

/** 区域入侵: something of a class stands in the zone for a while. */
export const IntrusionScenario = closed({
  ...shared,
  kind: Type.Literal('intrusion'),
  labels: Type.Array(Label, { minItems: 1 }),
  dwell: Duration,
  purpose: Type.Optional(Purpose),
});

/** 人员聚集: at least `count` people for `dwell`; over when fewer than `count - hysteresis` remain. */
export const CrowdScenario = closed({
  ...shared,
  kind: Type.Literal('crowd'),
  count: Type.Integer({ minimum: 2, maximum: 500 }),
  hysteresis: Type.Optional(Type.Integer({ minimum: 0, maximum: 100 })),
  dwell: Duration,
  purpose: Purpose,
});

/** 消防通道占用: a vehicle that came and stays for `dwell`. */
export const BlockedLaneScenario = closed({
  ...shared,
  kind: Type.Literal('blockedLane'),
  labels: Type.Optional(Type.Array(VehicleLabel, { minItems: 1 })),
  dwell: Duration,
});

export const Scenario = Type.Union([IntrusionScenario, CrowdScenario, BlockedLaneScenario]);
export type Scenario = Static<typeof Scenario>;
export type IntrusionScenario = Static<typeof IntrusionScenario>;
export type CrowdScenario = Static<typeof CrowdScenario>;
export type BlockedLaneScenario = Static<typeof BlockedLaneScenario>;

export const scenarioKinds = ['intrusion', 'crowd', 'blockedLane'] as const;
export const ScenarioKind = Type.Enum(scenarioKinds);
export type ScenarioKind = (typeof scenarioKinds)[number];
