import type { Placed } from './draw-spots.ts';
import type { Frame } from './frame.ts';

/** One pulse, and how often it is drawn: slower than the screen, so that a wall of them costs little. */
const pulseMs = 1800;
const stepMs = 66;
/** More at once would only flicker; the severest are first in the list. */
const maxPulses = 200;

/** Draws the rings that run outwards from urgent and high alerts, as far as they are at `at`. */
export const drawPulses = ({ context, palette }: Frame, placed: readonly Placed[], at: number): void => {
  const share = (at % pulseMs) / pulseMs;
  context.lineWidth = 3;
  for (const { x, y, radius, severity } of pulsing(placed)) {
    context.globalAlpha = 1 - share;
    context.strokeStyle = palette[severity === 'urgent' ? 'urgent' : 'high'];
    context.beginPath();
    context.arc(x, y, radius + 4 + share * radius, 0, 2 * Math.PI);
    context.stroke();
  }
  context.globalAlpha = 1;
};

export const pulsing = (placed: readonly Placed[]): readonly Placed[] =>
  placed.filter(({ severity }) => severity === 'urgent' || severity === 'high').slice(0, maxPulses);

/** Asks for a picture of every step of the pulse while there is one, and for an empty one after; never where less motion is wanted. */
export const keepPulsing = (hasPulses: () => boolean, request: () => void): (() => void) => {
  const calm = matchMedia('(prefers-reduced-motion: reduce)');
  let isDrawn = false;
  const timer = setInterval(() => {
    if (calm.matches || document.hidden) return;
    const isWanted = hasPulses();
    if (isWanted || isDrawn) request();
    isDrawn = isWanted;
  }, stepMs);
  return () => clearInterval(timer);
};
