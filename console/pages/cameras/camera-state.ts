import type { CameraView } from '../../../api/schema/camera-view.ts';
import { causeWord } from '../../live/words.ts';
import type { Tone } from '../../parts/badge.tsx';
import { word } from './words.ts';

/** Good while pictures come, bad when none do, in between otherwise. */
export const stateTone = ({ state }: Pick<CameraView, 'state'>): Tone => {
  if (state === 'live') return 'good';
  return state === 'connecting' || state === 'unknown' ? 'warn' : 'bad';
};

/** How a camera is, and why when it is not well. */
export const stateWords = ({ state, status }: Pick<CameraView, 'state' | 'status'>): string => {
  const cause = status?.cause;
  return cause && state !== 'live' ? `${word(state)} · ${causeWord(cause)}` : word(state);
};
