import type { Box, Polygon } from '../../../core/schema/geometry.ts';
import { type Label, vehicleLabels } from '../../../core/schema/label.ts';

export interface OverlayContent {
  boxes: readonly { box: Box; label: Label }[];
  outline: Polygon;
}

/**
 * From the Okabe-Ito palette, whose colours stay apart for colour-blind eyes; each line lies on a dark one, so that
 * it shows on snow as on asphalt. The zone is dashed and boxes are not: colour is never the only difference.
 */
const colours = { zone: '#56b4e9', person: '#f0e442', vehicle: '#e69f00', other: '#cc79a7', edge: '#000000' };

const colourOf = (label: Label): string => {
  if (label === 'person') return colours.person;
  return vehicleLabels.includes(label) || label === 'bicycle' || label === 'boat'
    ? colours.vehicle
    : colours.other;
};

const rounded = (value: number): string => value.toFixed(1);

const zoneOf = (outline: Polygon, width: number, height: number, line: number): string => {
  const points = outline.map(([x, y]) => `${rounded(x * width)},${rounded(y * height)}`).join(' ');
  const dash = `stroke-dasharray="${line * 5} ${line * 2.5}"`;
  return [
    `<polygon points="${points}" stroke="${colours.edge}" stroke-opacity="0.55" stroke-width="${line * 2}"/>`,
    `<polygon points="${points}" stroke="${colours.zone}" stroke-width="${line}" ${dash}/>`,
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
export const toOverlay = ({ boxes, outline }: OverlayContent, width: number, height: number): string => {
  const line = Math.max(1.5, width / 640);
  const zone = outline.length >= 3 ? zoneOf(outline, width, height, line) : '';
  const drawn = boxes.map(({ box, label }) => boxOf(box, colourOf(label), width, height, line));
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" fill="none" stroke-linejoin="round">${zone}${drawn.join('')}</svg>`;
};
