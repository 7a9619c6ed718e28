import { type Static, Type } from 'typebox';
import { closed } from './closed.ts';
import { Instant, ResourceId } from './ids.ts';
import { Label, labels } from './label.ts';

export const hoursOfWeek = 168;
/** What is counted at once. Every time zone's offset is a multiple of it, so it begins alike everywhere. */
export const quarterMs = 15 * 60_000;
/** Days a camera must have been watched on before anything is called normal: every hour of the week twice. */
export const neededDays = 14;

/** A count for each hour of the week from Monday 00:00 on; null where too little is known. */
const Hours = Type.Array(Type.Union([Type.Integer({ minimum: 0 }), Type.Null()]), {
  minItems: hoursOfWeek,
  maxItems: hoursOfWeek,
});

/** 常态: how many tracks of a label usually begin in a quarter of an hour: nine quarters in ten lie between the two. */
export const LabelNormal = closed({ label: Label, low: Hours, high: Hours });
export type LabelNormal = Static<typeof LabelNormal>;

/** What is normal on one camera, as the bucket `NORMALS` holds it. */
export const CameraNormals = closed({
  schemaVersion: Type.Literal(1),
  cameraId: ResourceId,
  computedAt: Instant,
  /** In which the hours of the week are read. */
  timezone: Type.String({ minLength: 1, maxLength: 64 }),
  /** Days of the last four weeks on which it was watched. With fewer than it takes there is no normal. */
  watchedDays: Type.Integer({ minimum: 0, maximum: 29 }),
  labels: Type.Array(LabelNormal, { maxItems: labels.length }),
});
export type CameraNormals = Static<typeof CameraNormals>;
