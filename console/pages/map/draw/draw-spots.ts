import { type Severity, severities } from '../../../../core/schema/severity.ts';
import { type IconName, strokes } from '../../../parts/icon.tsx';
import { type Condition, conditions, type Spot } from '../spots/spots.ts';
import type { Cluster, Drawn } from './clusters.ts';
import type { Frame } from './frame.ts';
import type { Palette } from './palette.ts';

/** What a pointer may hit, and what pulses: where it was drawn. */
export interface Placed {
  drawn: Drawn;
  x: number;
  y: number;
  radius: number;
  severity?: Severity;
}

const icons: Readonly<Record<Exclude<Spot['kind'], 'camera'>, IconName>> = {
  loudspeaker: 'speaker',
  responder: 'person',
  monitoringPoint: 'screen',
};

export const conditionColour: Readonly<Record<Condition, 'good' | 'warn' | 'bad' | 'muted'>> = {
  ...{ awake: 'good', dormant: 'good', unusable: 'warn', dead: 'bad', off: 'muted', unknown: 'muted' },
};

/** Beside the colour, for those who do not see it. */
export const conditionSigns: Readonly<Record<Condition, string>> = {
  ...{ awake: '', dormant: '', unusable: '!', dead: '×', off: '–', unknown: '?' },
};

/** The size of a sign on the map; a finger hits it. */
const spotRem = 0.72;
const paths = new Map<IconName, Path2D>();

const pathOf = (name: IconName): Path2D => {
  const path = paths.get(name) ?? new Path2D(strokes[name]);
  paths.set(name, path);
  return path;
};

/** Draws them and says where; alerts are shown when `hasAlerts`. */
export const drawSpots = (frame: Frame, all: readonly Drawn[], hasAlerts: boolean): Placed[] =>
  all.map((drawn) => {
    const [x, y] = frame.toPixel(drawn.at);
    const radius = 'spot' in drawn ? frame.palette.rem * spotRem : clusterRadius(frame, drawn.cluster);
    if ('spot' in drawn) drawSpot(frame, drawn.spot, x, y, radius);
    else drawCluster(frame, drawn.cluster, x, y, radius);
    const alerts = 'spot' in drawn ? drawn.spot.alerts : drawn.cluster.alerts;
    const severity = 'spot' in drawn ? drawn.spot.severity : severities[drawn.cluster.rank];
    if (!hasAlerts || severity === undefined) return { drawn, x, y, radius };
    drawAlerts(frame, severity, alerts, x, y, radius);
    return { drawn, x, y, radius, severity };
  });

const clusterRadius = ({ palette }: Frame, { count }: Cluster): number =>
  palette.rem * (0.95 + 0.22 * Math.log10(count));

const disc = (context: CanvasRenderingContext2D, x: number, y: number, radius: number): void => {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
};

const drawSpot = (frame: Frame, spot: Spot, x: number, y: number, radius: number): void => {
  if (spot.kind === 'camera') drawCamera(frame, spot.condition ?? 'unknown', x, y, radius);
  else drawMark(frame, icons[spot.kind], x, y, radius);
};

const drawCamera = (
  { context, palette }: Frame,
  condition: Condition,
  x: number,
  y: number,
  radius: number,
) => {
  const colour = palette[conditionColour[condition]];
  const isFull = condition !== 'dormant' && condition !== 'off';
  disc(context, x, y, radius);
  context.fillStyle = isFull ? colour : palette.surface;
  context.fill();
  context.lineWidth = 2.5;
  context.strokeStyle = isFull ? palette.ground : colour;
  context.stroke();
  const sign = conditionSigns[condition];
  const ink = isFull ? palette.ground : colour;
  if (sign === '') drawIcon(context, 'camera', ink, x, y, radius * 1.15);
  else write(context, sign, ink, x, y, `700 ${Math.round(radius * 1.5)}px ${palette.font}`);
};

const drawMark = (
  { context, palette }: Frame,
  icon: IconName,
  x: number,
  y: number,
  radius: number,
): void => {
  context.beginPath();
  context.roundRect(x - radius * 0.9, y - radius * 0.9, radius * 1.8, radius * 1.8, 3);
  context.fillStyle = palette.surface;
  context.fill();
  context.lineWidth = 1.5;
  context.strokeStyle = palette.muted;
  context.stroke();
  drawIcon(context, icon, palette.text, x, y, radius * 1.3);
};

const drawIcon = (
  context: CanvasRenderingContext2D,
  name: IconName,
  colour: string,
  x: number,
  y: number,
  size: number,
): void => {
  context.save();
  context.translate(x - size / 2, y - size / 2);
  context.scale(size / 24, size / 24);
  context.lineWidth = 2.4;
  context.lineJoin = 'round';
  context.strokeStyle = colour;
  context.stroke(pathOf(name));
  context.restore();
};

/** How many, and in the ring how they do. */
const drawCluster = ({ context, palette }: Frame, cluster: Cluster, x: number, y: number, radius: number) => {
  disc(context, x, y, radius);
  context.fillStyle = palette.surface;
  context.fill();
  context.lineWidth = palette.rem * 0.28;
  let from = -Math.PI / 2;
  const counted = cluster.byCondition.reduce((sum, count) => sum + count, 0);
  if (counted === 0) {
    context.strokeStyle = palette.muted;
    context.stroke();
  }
  for (const [index, condition] of conditions.entries()) {
    const count = cluster.byCondition[index] ?? 0;
    if (count === 0) continue;
    const to = from + (2 * Math.PI * count) / counted;
    context.beginPath();
    context.arc(x, y, radius, from, to);
    context.strokeStyle = palette[conditionColour[condition]];
    context.stroke();
    from = to;
  }
  const size = Math.round(palette.rem * (cluster.count > 9999 ? 0.72 : 0.85));
  write(context, String(cluster.count), palette.text, x, y, `600 ${size}px ${palette.font}`);
};

const drawAlerts = (
  { context, palette }: Frame,
  severity: Severity,
  alerts: number,
  x: number,
  y: number,
  radius: number,
): void => {
  const colour = palette[severity];
  disc(context, x, y, radius + 4);
  context.lineWidth = 2.5;
  context.strokeStyle = colour;
  context.stroke();
  drawBadge({ context, palette }, String(alerts), colour, x + radius * 0.9, y - radius * 0.9);
};

const drawBadge = (
  { context, palette }: { context: CanvasRenderingContext2D; palette: Palette },
  text: string,
  colour: string,
  x: number,
  y: number,
): void => {
  const height = palette.rem * 0.95;
  const width = Math.max(height, palette.rem * (0.4 + 0.5 * text.length));
  context.beginPath();
  context.roundRect(x - height / 2, y - height / 2, width, height, height / 2);
  context.fillStyle = colour;
  context.fill();
  const font = `700 ${Math.round(palette.rem * 0.75)}px ${palette.font}`;
  write(context, text, palette.ground, x - height / 2 + width / 2, y, font);
};

const write = (
  context: CanvasRenderingContext2D,
  text: string,
  colour: string,
  x: number,
  y: number,
  font: string,
): void => {
  context.font = font;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillStyle = colour;
  context.fillText(text, x, y + 1);
};
