import type { Static } from 'typebox';
import { Type } from 'typebox';
import { closed } from './closed.ts';
import { Box } from './geometry.ts';
import { Label } from './label.ts';

/** One box in one frame. */
export const Detection = closed({
  label: Label,
  score: Type.Number({ minimum: 0, maximum: 1 }),
  box: Box,
});
export type Detection = Static<typeof Detection>;

/** How far an instant of light can be trusted: from the camera's RTCP clock, or only from arrival here. */
export const ClockQuality = Type.Enum(['rtcp', 'arrival']);
export type ClockQuality = Static<typeof ClockQuality>;
