import type { Camera } from '../../core/schema/camera.ts';
import type { ShownTrack } from './overlay-memory.ts';

/** What is drawn over a picture. */
export interface OverlayChoice {
  boxes: boolean;
  tails: boolean;
  zones: boolean;
}

export interface OverlayScene {
  tracks: readonly ShownTrack[];
  zones: NonNullable<Camera['zones']>;
  /** What a label is called. */
  labelOf(label: string): string;
}

const colours = { box: '#ffd34d', inZone: '#ff6b66', tail: '#7fe3ff', zone: '#6cb8ff', ground: '#000b' };

/** Draws everything anew; the canvas has the size of the picture as it is shown. */
export const drawOverlay = (
  context: CanvasRenderingContext2D,
  { tracks, zones, labelOf }: OverlayScene,
  choice: OverlayChoice,
): void => {
  const { width, height } = context.canvas;
  context.clearRect(0, 0, width, height);
  context.lineWidth = Math.max(1.5, width / 400);
  context.font = `${Math.max(12, Math.round(height / 28))}px system-ui, sans-serif`;
  if (choice.zones) for (const { polygon } of zones) outline(context, polygon, colours.zone, true);
  for (const track of tracks) {
    if (choice.tails && track.tail.length > 1) outline(context, track.tail, colours.tail, false);
    if (choice.boxes) drawBox(context, track, labelOf);
  }
};

const outline = (
  context: CanvasRenderingContext2D,
  points: readonly (readonly [number, number])[],
  colour: string,
  isClosed: boolean,
): void => {
  const { width, height } = context.canvas;
  context.strokeStyle = colour;
  context.beginPath();
  for (const [x, y] of points) context.lineTo(x * width, y * height);
  if (isClosed) context.closePath();
  context.stroke();
};

const drawBox = (
  context: CanvasRenderingContext2D,
  { box, zones, label, score }: ShownTrack,
  labelOf: OverlayScene['labelOf'],
): void => {
  const { width, height } = context.canvas;
  const [left, top] = [box.x * width, box.y * height];
  context.strokeStyle = zones.length > 0 ? colours.inZone : colours.box;
  context.strokeRect(left, top, box.w * width, box.h * height);
  const text = `${labelOf(label)} ${Math.round(score * 100)}`;
  const size = Number.parseFloat(context.font);
  const baseline = Math.max(size, top - 3);
  context.fillStyle = colours.ground;
  context.fillRect(left, baseline - size, context.measureText(text).width + 6, size + 3);
  context.fillStyle = context.strokeStyle;
  context.fillText(text, left + 3, baseline);
};
