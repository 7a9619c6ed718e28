import type { Box, Point, Polygon } from '../../../core/schema/geometry.ts';
import type { Label } from '../../../core/schema/label.ts';
import { isVehicle } from '../../../core/schema/vehicle-labels.ts';

export interface OverlayContent {
  boxes: readonly { box: Box; label: Label }[];
  marks?: readonly Box[];
  outline?: Polygon;
  /** A directed line; its head says which way. */
  line?: readonly Point[];
  /** Covered with a veil: nothing is looked for there. */
  masks?: readonly Polygon[];
}

/**
 * From the Okabe-Ito palette, whose colours stay apart for colour-blind eyes; each line lies on a dark one, so that
 * it shows on snow as on asphalt. The zone is dashed and boxes are not: colour is never the only difference.
 */
const colours = { zone: '#56b4e9', person: '#f0e442', vehicle: '#e69f00', other: '#cc79a7', edge: '#000000' };

const colourOf = (label: Label): string => {
  if (label === 'person') return colours.person;
  return isVehicle(label) || label === 'bicycle' || label === 'boat' ? colours.vehicle : colours.other;
};

const rounded = (value: number): string => value.toFixed(1);

const toPoints = (points: readonly Point[], width: number, height: number): string =>
  points.map(([x, y]) => `${rounded(x * width)},${rounded(y * height)}`).join(' ');

const zoneOf = (outline: Polygon, width: number, height: number, line: number): string => {
  const points = toPoints(outline, width, height);
  const dash = `stroke-dasharray="${line * 5} ${line * 2.5}"`;
  return [
    `<polygon points="${points}" stroke="${colours.edge}" stroke-opacity="0.55" stroke-width="${line * 2}"/>`,
    `<polygon points="${points}" stroke="${colours.zone}" stroke-width="${line}" ${dash}/>`,
  ].join('');
};

const maskOf = (mask: Polygon, width: number, height: number): string =>
  `<polygon points="${toPoints(mask, width, height)}" fill="${colours.edge}" fill-opacity="0.6"/>`;

const lineOf = (path: readonly Point[], width: number, height: number, line: number): string => {
  const points = toPoints(path, width, height);
  const [endX, endY] = path.at(-1) ?? [0, 0];
  const head = `cx="${rounded(endX * width)}" cy="${rounded(endY * height)}" r="${line * 3}"`;
  return [
    `<polyline points="${points}" stroke="${colours.edge}" stroke-opacity="0.55" stroke-width="${line * 2}"/>`,
    `<polyline points="${points}" stroke="${colours.zone}" stroke-width="${line}"/>`,
    `<circle ${head} stroke="none" fill="${colours.zone}"/>`,
  ].join('');
};

const boxOf = ({ x, y, w, h }: Box, colour: string, width: number, height: number, line: number): string => {
  const at = `x="${rounded(x * width)}" y="${rounded(y * height)}"`;
  const size = `width="${rounded(w * width)}" height="${rounded(h * height)}" rx="${line}"`;
  return [
    `<rect ${at} ${size} stroke="${colours.edge}" stroke-opacity="0.55" stroke-width="${line * 2}"/>`,
    `<rect ${at} ${size} stroke="${colour}" stroke-width="${line}"/>`,
  ].join('');
};

/** The drawing that goes over a snapshot of `width` by `height` pixels, as SVG. */
export const toOverlay = (
  { boxes, marks = [], outline = [], line: path = [], masks = [] }: OverlayContent,
  width: number,
  height: number,
): string => {
  const line = Math.max(1.5, width / 640);
  const veiled = masks.map((mask) => maskOf(mask, width, height)).join('');
  const zone = outline.length >= 3 ? zoneOf(outline, width, height, line) : '';
  const crossed = path.length >= 2 ? lineOf(path, width, height, line) : '';
  const drawn = boxes.map(({ box, label }) => boxOf(box, colourOf(label), width, height, line));
  const marked = marks.map((box) => boxOf(box, colours.other, width, height, line));
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" fill="none" stroke-linejoin="round">${veiled}${zone}${crossed}${[...drawn, ...marked].join('')}</svg>`;
};
