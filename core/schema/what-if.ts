import { type Static, Type } from 'typebox';
import { AlertFacts } from './alert.ts';
import { closed } from './closed.ts';
import { AlertId, Instant, ResourceId } from './ids.ts';
import { ScenarioKind } from './scenario.ts';

/** What would have been alerted to, had a scenario been set otherwise. */
export const WhatIfRequest = closed({
  /** Without it every scenario is run again as it is. */
  scenarioId: Type.Optional(ResourceId),
  /** Settings to try, by path (`dwell`, `limit.count`); null takes one out. */
  set: Type.Optional(
    Type.Record(Type.String({ pattern: '^[a-zA-Z]{1,32}(\\.[a-zA-Z]{1,32}){0,3}$' }), Type.Unknown(), {
      maxProperties: 32,
      additionalProperties: false,
    }),
  ),
  /** All that the scenario watches unless given. */
  cameraIds: Type.Optional(Type.Array(ResourceId, { minItems: 1, maxItems: 1000 })),
  from: Instant,
  to: Instant,
});
export type WhatIfRequest = Static<typeof WhatIfRequest>;

/** An alert as it was or would have been raised. */
export const WhatIfAlert = closed({
  cameraId: ResourceId,
  scenarioId: ResourceId,
  kind: ScenarioKind,
  zoneId: Type.Optional(ResourceId),
  lineId: Type.Optional(ResourceId),
  startedAt: Instant,
  capturedAt: Instant,
  endedAt: Type.Optional(Instant),
  facts: AlertFacts,
  /** Of the alert that was raised at the time, if it was. */
  alertId: Type.Optional(AlertId),
});
export type WhatIfAlert = Static<typeof WhatIfAlert>;

const count = Type.Integer({ minimum: 0 });
const Span = closed({ from: Instant, to: Instant });

export const WhatIfCamera = closed({
  cameraId: ResourceId,
  /** Looks of scenarios in the span that are stored. */
  looks: count,
  kept: count,
  gained: count,
  lost: count,
  /** Alerts raised at the time under the settings of today, and how many of them come out again as they were. */
  live: count,
  reproduced: count,
  /** Alerts raised at the time under other settings: they are not compared. */
  otherwise: count,
  /** When what scenarios saw is not stored though they may have looked: a worker was killed, a chunk was lost. */
  gaps: Type.Array(Span, { maxItems: 100 }),
  /** When the scenarios were set otherwise than today. */
  otherSettings: Type.Array(Span, { maxItems: 100 }),
});
export type WhatIfCamera = Static<typeof WhatIfCamera>;

/** Counts are of everything; lists hold the first of each kind of alert. */
export const WhatIfReport = closed({
  scenarioId: Type.Optional(ResourceId),
  from: Instant,
  to: Instant,
  /** Of the site, an IANA name. */
  timezone: Type.String(),
  cameras: Type.Array(WhatIfCamera),
  gained: Type.Array(WhatIfAlert),
  lost: Type.Array(WhatIfAlert),
  /** As they were, and when they would be raised instead. */
  kept: Type.Array(closed({ ...WhatIfAlert.properties, wouldBeCapturedAt: Instant })),
  /** Raised at the time, and not when run again as set today; and the other way round. */
  missing: Type.Array(WhatIfAlert),
  surplus: Type.Array(WhatIfAlert),
  isTruncated: Type.Boolean(),
});
export type WhatIfReport = Static<typeof WhatIfReport>;
