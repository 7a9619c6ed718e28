import type { Words } from '../../core/explanation/words.ts';
import type { VerdictCause, WatchState } from '../../core/schema/explanation.ts';
import type { Headings } from './headings.ts';
import type { SiteTime } from './site-time.ts';

/** All that a part of the page is written with. */
export interface Pen {
  words: Words;
  headings: Headings;
  paint: Paint;
  time: SiteTime;
}

/** Colours, or none of them. */
export interface Paint {
  bold: (text: string) => string;
  dim: (text: string) => string;
  state: (state: WatchState, text: string) => string;
  verdict: (cause: VerdictCause, text: string) => string;
}

const reset = '\u001b[0m';
const bold = '\u001b[1m';
const dim = '\u001b[2m';
const red = '\u001b[31m';
const green = '\u001b[32m';
const yellow = '\u001b[33m';

/** Somebody has to do something. */
const faults: ReadonlySet<VerdictCause> = new Set([
  'lost',
  'not-connected',
  'thread-silent',
  'no-scenario',
  'no-frames',
  'overloaded',
]);

const stateColours: Record<WatchState, string> = {
  'off-duty': dim,
  idle: dim,
  building: yellow,
  open: red,
  suppressed: yellow,
};

export const createPaint = (isColoured: boolean): Paint => {
  const paint = (colour: string, text: string): string => (isColoured ? `${colour}${text}${reset}` : text);
  return {
    bold: (text) => paint(bold, text),
    dim: (text) => paint(dim, text),
    state: (state, text) => paint(stateColours[state], text),
    verdict: (cause, text) => paint(bold + (faults.has(cause) ? red : green), text),
  };
};
