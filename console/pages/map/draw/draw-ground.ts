import type { PlaceTree } from '../../../../api/schema/map-views.ts';
import { linesWithin, sayDegrees, stepFor } from '../ground/graticule.ts';
import type { LonLat } from '../ground/shift.ts';
import type { Frame } from './frame.ts';

/** A place as the map shows it: its outline, its name, and what is in it. */
export interface Village {
  code: string;
  hull: readonly LonLat[];
  name: string;
  /** `12/13`, and open alerts if there are some. */
  counts: string;
  hasAlerts: boolean;
  isChosen: boolean;
}

export type TreePlace = PlaceTree['items'][number];

/** Pixels between an outline and what it is around. */
const marginPx = 26;

/** Lines of longitude and latitude, where there are no tiles. */
export const drawGraticule = ({ context, width, height, palette, toPixel, box }: Frame): void => {
  const [west, south, east, north] = box;
  const step = stepFor(Math.max(east - west, north - south));
  context.lineWidth = 1;
  context.strokeStyle = palette.line;
  context.fillStyle = palette.muted;
  context.font = `${Math.round(palette.rem * 0.8)}px ${palette.font}`;
  context.globalAlpha = 0.6;
  context.beginPath();
  const meridians = linesWithin(west, east, step).map((at) => ({ at, x: toPixel([at, north])[0] }));
  const parallels = linesWithin(south, north, step).map((at) => ({ at, y: toPixel([west, at])[1] }));
  for (const { x } of meridians) {
    context.moveTo(Math.round(x) + 0.5, 0);
    context.lineTo(Math.round(x) + 0.5, height);
  }
  for (const { y } of parallels) {
    context.moveTo(0, Math.round(y) + 0.5);
    context.lineTo(width, Math.round(y) + 0.5);
  }
  context.stroke();
  context.globalAlpha = 1;
  context.textBaseline = 'top';
  context.textAlign = 'center';
  for (const { at, x } of meridians) context.fillText(sayDegrees(at, step, ['E', 'W']), x, 6);
  context.textAlign = 'left';
  context.textBaseline = 'bottom';
  for (const { at, y } of parallels) context.fillText(sayDegrees(at, step, ['N', 'S']), 6, y - 2);
};

type Outline = readonly (readonly [number, number])[];
export interface Seen {
  village: Village;
  outline: Outline;
}

/** The places that are in sight, and where; none when there are more than `most`. */
export const inSight = (frame: Frame, villages: readonly Village[], most: number): Seen[] => {
  const [west, south, east, north] = frame.box;
  const isIn = ([x, y]: LonLat): boolean => x > west && x < east && y > south && y < north;
  const seen = villages.filter(({ hull }) => hull.some(isIn));
  return seen.length > most
    ? []
    : seen.map((village) => ({ village, outline: village.hull.map(frame.toPixel) }));
};

export const drawOutlines = (frame: Frame, seen: readonly Seen[]): void => {
  for (const { village, outline } of seen) drawOutline(frame, outline, village);
};

/** The names of places with what is in them, where neither another name nor anything in `taken` is. */
export const drawNames = (frame: Frame, seen: readonly Seen[], taken: Rect[]): void => {
  for (const { village, outline } of seen) drawName(frame, outline, village, taken);
};

/** A thick round line around the hull makes it wider and its corners round; one point becomes a disc. */
const drawOutline = ({ context, palette }: Frame, outline: Outline, { isChosen }: Village): void => {
  const path = new Path2D();
  for (const [index, [x, y]] of outline.entries()) {
    if (index === 0) path.moveTo(x, y);
    else path.lineTo(x, y);
  }
  if (outline.length === 1) {
    const [x, y] = outline[0] ?? [0, 0];
    path.lineTo(x + 0.1, y);
  } else path.closePath();
  context.lineJoin = 'round';
  context.lineCap = 'round';
  for (const [extra, colour] of [
    [isChosen ? 3 : 1.5, isChosen ? palette.accent : palette.line],
    [0, palette.surface],
  ] as const) {
    context.lineWidth = (marginPx + extra) * 2;
    context.strokeStyle = colour;
    context.fillStyle = colour;
    context.stroke(path);
    context.fill(path);
  }
};

export type Rect = [left: number, top: number, right: number, bottom: number];

const drawName = (
  { context, palette }: Frame,
  outline: Outline,
  { name, counts, hasAlerts }: Village,
  taken: Rect[],
): void => {
  const xs = outline.map(([x]) => x);
  const x = (Math.min(...xs) + Math.max(...xs)) / 2;
  const ys = outline.map(([, one]) => one);
  context.font = `600 ${Math.round(palette.rem * 0.95)}px ${palette.font}`;
  const nameWidth = context.measureText(`${name} `).width;
  const width = nameWidth + context.measureText(counts).width;
  const above = Math.min(...ys) - marginPx - palette.rem * 0.2;
  const below = Math.max(...ys) + marginPx + palette.rem * 1.4;
  const rectAt = (y: number): Rect => [x - width / 2 - 4, y - palette.rem * 1.2, x + width / 2 + 4, y];
  const y = [above, below].find((one) => !taken.some((other) => overlaps(other, rectAt(one))));
  if (y === undefined) return;
  taken.push(rectAt(y));
  context.textAlign = 'left';
  context.textBaseline = 'bottom';
  context.lineWidth = 4;
  context.lineJoin = 'round';
  context.strokeStyle = palette.ground;
  context.strokeText(`${name} ${counts}`, x - width / 2, y);
  context.fillStyle = palette.text;
  context.fillText(`${name} `, x - width / 2, y);
  context.fillStyle = hasAlerts ? palette.high : palette.muted;
  context.fillText(counts, x - width / 2 + nameWidth, y);
};

const overlaps = (a: Rect, b: Rect): boolean => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
