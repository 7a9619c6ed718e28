import type { LonLat } from '../ground/shift.ts';
import type { Palette } from './palette.ts';

/** One drawing of the map: on what, how large, and where a position lies on it. */
export interface Frame {
  context: CanvasRenderingContext2D;
  width: number;
  height: number;
  zoom: number;
  palette: Palette;
  toPixel(at: LonLat): [number, number];
  /** West, south, east, north, some pixels wider than what is seen. */
  box: [number, number, number, number];
}

/** Longitude and latitude as shares of the Web Mercator square (EPSG:3857). */
export const toSquare = ([longitude, latitude]: LonLat): [number, number] => {
  const sine = Math.sin((latitude * Math.PI) / 180);
  return [longitude / 360 + 0.5, 0.5 - (0.25 * Math.log((1 + sine) / (1 - sine))) / Math.PI];
};

/** Where positions lie when the square is 256 × 2^zoom pixels wide and [left, top] of it is the picture's corner. */
export const toPixels = (zoom: number, left: number, top: number): ((at: LonLat) => [number, number]) => {
  const size = 256 * 2 ** zoom;
  return (at) => {
    const [x, y] = toSquare(at);
    return [x * size - left, y * size - top];
  };
};
