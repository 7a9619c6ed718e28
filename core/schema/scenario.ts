import { type Static, Type } from 'typebox';
import { closed } from './closed.ts';
import { durationUpTo, ResourceId } from './ids.ts';
import { BurningLabel, Label, TrafficLabel, VehicleLabel } from './label.ts';
import { ClearAfter, Purpose, shared, zoned } from './scenario-base.ts';

/** A vehicle may stand for a day before it is one that was left; nobody waits longer for an alert. */
const Dwell = durationUpTo(1, 'd');
/** What is further apart than a day is two situations. */
const Within = durationUpTo(1, 'd');

const share = Type.Number({ minimum: 0, maximum: 1 });

/** 区域入侵: something of a class stands in the zone for a while. */
export const IntrusionScenario = closed({
  ...zoned,
  kind: Type.Literal('intrusion'),
  labels: Type.Array(Label, { minItems: 1 }),
  dwell: Dwell,
  purpose: Type.Optional(Purpose),
});

export const directions = ['forward', 'backward', 'both'] as const;

/**
 * 越界: tracks cross a directed line. `forward` is from the line's left to its right, looking from its first point to
 * its last. Both ways are counted; what is alerted to is `direction`, when `limit` of them crossed within its time.
 */
export const LineCrossingScenario = closed({
  ...shared,
  kind: Type.Literal('lineCrossing'),
  line: ResourceId,
  labels: Type.Array(Label, { minItems: 1 }),
  direction: Type.Enum(directions),
  limit: Type.Optional(closed({ count: Type.Integer({ minimum: 1, maximum: 100_000 }), within: Within })),
  purpose: Type.Optional(Purpose),
});

/** 徘徊: somebody stays for `dwell` without going anywhere. */
export const LoiteringScenario = closed({
  ...zoned,
  kind: Type.Literal('loitering'),
  labels: Type.Optional(Type.Array(Label, { minItems: 1 })),
  dwell: Dwell,
  /** How far from where it began it may be in the end, in heights of its own box; 4 unless said. */
  reach: Type.Optional(Type.Number({ minimum: 0.5, maximum: 50 })),
  purpose: Purpose,
});

/** 人员聚集: at least `count` people for `dwell`; over when fewer than `count - hysteresis` remain. */
export const CrowdScenario = closed({
  ...zoned,
  kind: Type.Literal('crowd'),
  count: Type.Integer({ minimum: 2, maximum: 500 }),
  hysteresis: Type.Optional(Type.Integer({ minimum: 0, maximum: 100 })),
  dwell: Dwell,
  purpose: Purpose,
});

/** 逆行: something goes against the lane, whose direction is that of `along` from its first point to its last. */
export const WrongWayScenario = closed({
  ...zoned,
  kind: Type.Literal('wrongWay'),
  along: ResourceId,
  labels: Type.Optional(Type.Array(TrafficLabel, { minItems: 1 })),
  /** How far it must have gone against it, as a share of the picture's height; 0.15 unless said. */
  minPath: Type.Optional(share),
});

/** 消防通道占用、占道停车: a vehicle that came and stays for `dwell`. */
export const BlockedLaneScenario = closed({
  ...zoned,
  kind: Type.Literal('blockedLane'),
  labels: Type.Optional(Type.Array(VehicleLabel, { minItems: 1 })),
  dwell: Dwell,
  /** A vehicle with somebody beside it (loading) does not count while they are there. */
  allowsAttended: Type.Optional(Type.Boolean()),
});

export const obstacles = ['vehicle', 'debris'] as const;

/** 抛锚、遗撒: something new and still on the roadway: a vehicle, or what lies there and was not there before. */
export const RoadObstacleScenario = closed({
  ...zoned,
  kind: Type.Literal('roadObstacle'),
  obstacles: Type.Optional(Type.Array(Type.Enum(obstacles), { minItems: 1, maxItems: 2 })),
  dwell: Dwell,
  /** Smallest side of debris that counts, as a share of the picture's height; 0.04 unless said. */
  minSize: Type.Optional(share),
});

/** 涉水: a person in the bank zone. The camera stays awake while it is on duty. Its purpose is water, always. */
export const WatersideScenario = closed({
  ...zoned,
  kind: Type.Literal('waterside'),
  /** 1 s unless said. */
  dwell: Type.Optional(Dwell),
});

/**
 * 烟火: fire or smoke in `hits` of `of` looks one after the other, and growing. Only where a model with these classes
 * is installed.
 */
export const FireSmokeScenario = closed({
  ...shared,
  kind: Type.Literal('fireSmoke'),
  zone: Type.Optional(ResourceId),
  labels: Type.Optional(Type.Array(BurningLabel, { minItems: 1 })),
  hits: Type.Optional(Type.Integer({ minimum: 2, maximum: 100 })),
  of: Type.Optional(Type.Integer({ minimum: 2, maximum: 100 })),
  /** By what factor its area must have grown meanwhile; 1.15 unless said. */
  growth: Type.Optional(Type.Number({ minimum: 1, maximum: 10 })),
  clearAfter: Type.Optional(ClearAfter),
});

/**
 * 异常活动: more or fewer objects than this camera's own normal for the hour of the week. Needs two weeks of history,
 * and says so until then.
 */
export const UnusualActivityScenario = closed({
  ...shared,
  kind: Type.Literal('unusualActivity'),
  labels: Type.Array(Label, { minItems: 1 }),
  /** How far beyond its normal spread (of nine hours in ten) a quarter of an hour must be; 2 unless said. */
  factor: Type.Optional(Type.Number({ minimum: 1, maximum: 20 })),
  sides: Type.Optional(Type.Enum(['more', 'fewer', 'both'])),
  purpose: Type.Optional(Purpose),
});

/** What can be wrong with a camera's picture. */
export const pictureConditions = ['offline', 'frozen', 'dark', 'covered', 'blurred', 'moved'] as const;
export const PictureCondition = Type.Enum(pictureConditions);
export type PictureCondition = (typeof pictureConditions)[number];

/** 视频质量: a camera gives no picture, or none that is of use. Many of one installation at once are one alert. */
export const CameraHealthScenario = closed({
  ...shared,
  kind: Type.Literal('cameraHealth'),
  conditions: Type.Optional(Type.Array(PictureCondition, { minItems: 1, maxItems: 6 })),
  /** How long it must be so; 1 m unless said. */
  dwell: Type.Optional(Dwell),
  /** From how many cameras of one installation (or village) on it is one alert for all; 3 unless said. */
  together: Type.Optional(Type.Integer({ minimum: 2, maximum: 1000 })),
});

export const spans = ['camera', 'village', 'township'] as const;

/** 复合预警: alerts of several scenarios within one place and one time. */
export const CompositeScenario = closed({
  ...shared,
  kind: Type.Literal('composite'),
  parts: Type.Array(
    closed({
      scenarios: Type.Array(ResourceId, { minItems: 1, maxItems: 64 }),
      /** From how many different cameras; 1 unless said. */
      cameras: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
    }),
    { minItems: 1, maxItems: 8 },
  ),
  within: Within,
  /** What counts as one place; the village unless said. */
  span: Type.Optional(Type.Enum(spans)),
  /** Whether the parts must begin in the order in which they are written. */
  isOrdered: Type.Optional(Type.Boolean()),
});

/** Every kind under its name. */
export const scenarioSchemas = {
  intrusion: IntrusionScenario,
  lineCrossing: LineCrossingScenario,
  loitering: LoiteringScenario,
  crowd: CrowdScenario,
  wrongWay: WrongWayScenario,
  blockedLane: BlockedLaneScenario,
  roadObstacle: RoadObstacleScenario,
  waterside: WatersideScenario,
  fireSmoke: FireSmokeScenario,
  unusualActivity: UnusualActivityScenario,
  cameraHealth: CameraHealthScenario,
  composite: CompositeScenario,
} as const;

export type ScenarioKind = keyof typeof scenarioSchemas;
export const scenarioKinds = Object.keys(scenarioSchemas) as readonly ScenarioKind[];
export const ScenarioKind = Type.Enum([...scenarioKinds]);

export const Scenario = Type.Union([
  IntrusionScenario,
  LineCrossingScenario,
  LoiteringScenario,
  CrowdScenario,
  WrongWayScenario,
  BlockedLaneScenario,
  RoadObstacleScenario,
  WatersideScenario,
  FireSmokeScenario,
  UnusualActivityScenario,
  CameraHealthScenario,
  CompositeScenario,
]);
export type Scenario = Static<typeof Scenario>;
export type ScenarioOf<Kind extends ScenarioKind> = Extract<Scenario, { kind: Kind }>;

/** Those that look at more than one camera and are decided where all alerts and statuses come together. */
export type WideScenario = ScenarioOf<'cameraHealth' | 'composite'>;
/** Those that are decided where the camera's pictures are. */
export type CameraScenario = Exclude<Scenario, WideScenario>;

export const isWideKind = (kind: ScenarioKind): kind is WideScenario['kind'] =>
  kind === 'cameraHealth' || kind === 'composite';

export const isCameraScenario = (scenario: Scenario): scenario is CameraScenario =>
  !isWideKind(scenario.kind);
