import { type Static, Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { closed } from '../../core/schema/closed.ts';
import { Box } from '../../core/schema/geometry.ts';
import { Label } from '../../core/schema/label.ts';

/** A place where the model sees, again and again and never surely, something that is not there. */
export const StaticSpot = closed({
  label: Label,
  /** The mean of the boxes drawn there. */
  box: Box,
  /** Boxes drawn there of late, and how many of them were sure. */
  hits: Type.Number({ minimum: 0 }),
  sure: Type.Number({ minimum: 0 }),
  /** When the last one was. */
  seenAt: Type.Number({ minimum: 0 }),
});
export type StaticSpot = Static<typeof StaticSpot>;

const check = Compile(Type.Array(StaticSpot));

/** Whether something read from elsewhere is what `StaticFilter.spots` gave away. */
export const isStaticSpots = (value: unknown): value is StaticSpot[] => check.Check(value);
