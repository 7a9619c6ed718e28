import { type Static, Type } from 'typebox';
import { closed } from './closed.ts';

const unit = Type.Number({ minimum: 0, maximum: 1 });

/** `[x, y]` as shares of the picture's width and height, from the top left. */
export const Point = Type.Tuple([unit, unit], { description: '[x, y], each between 0 and 1' });
export type Point = Static<typeof Point>;

/** A closed outline; the last point is joined to the first. */
export const Polygon = Type.Array(Point, { minItems: 3, maxItems: 64 });
export type Polygon = Static<typeof Polygon>;

/** Left, top, width and height as shares of the picture. */
export const Box = closed({ x: unit, y: unit, w: unit, h: unit });
export type Box = Static<typeof Box>;

/** Where on earth something stands. */
export const Location = closed(
  {
    longitude: Type.Number({ minimum: -180, maximum: 180 }),
    latitude: Type.Number({ minimum: -90, maximum: 90 }),
  },
  { description: 'degrees of WGS-84, not of GCJ-02' },
);
export type Location = Static<typeof Location>;
