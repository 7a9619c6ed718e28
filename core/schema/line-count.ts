import { type Static, Type } from 'typebox';
import { closed } from './closed.ts';
import { CameraPlace, Instant, ResourceId } from './ids.ts';
import { Label } from './label.ts';

/** `forward`: from the line's left to its right, looking from its first point to its last. */
export const crossingDirections = ['forward', 'backward'] as const;
export const CrossingDirection = Type.Enum(crossingDirections);
export type CrossingDirection = (typeof crossingDirections)[number];

/** How many of a label crossed a camera's line one way in one minute, or in a part of it: those of a minute add up. */
export const LineCount = closed({
  /** The same count has the same id however often it is sent. */
  countId: Type.String({ minLength: 1, maxLength: 64 }),
  cameraId: ResourceId,
  place: CameraPlace,
  /** Whose count it is. Two scenarios that watch one line count the same crossings. */
  scenarioId: ResourceId,
  lineId: ResourceId,
  label: Label,
  direction: CrossingDirection,
  /** Begin of the minute. */
  minute: Instant,
  count: Type.Integer({ minimum: 1 }),
});
export type LineCount = Static<typeof LineCount>;

/** Lengths of time that counts are added up over. */
export const lineCountSteps = ['minute', 'hour', 'day'] as const;
export type LineCountStep = (typeof lineCountSteps)[number];
