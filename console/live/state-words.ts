import type { CameraView } from '../../api/schema/camera-view.ts';
import { AskFailure } from '../http/ask-failure.ts';
import { failureWords } from '../words/failure-words.ts';
import { clockOffsetMs, whenTold } from '../words/site-time.ts';
import type { LiveState } from './live-state.ts';
import { causeWord, word } from './words.ts';

const refusalWords = {
  'live-full': 'full',
  'streams-exhausted': 'full',
  'mpeg1-full': 'mpeg1Full',
  'signed-out': 'signedOut',
  'not-signed-in': 'signedOut',
  'right-missing': 'signedOut',
} as const;

/** What is said over a picture that is not live: what is so, and why. */
export const stateWords = (state: LiveState, camera: CameraView): { title: string; more?: string } => {
  if (state.name === 'stalled')
    return { title: word('stalled', { since: whenTold(state.since + clockOffsetMs.value) }) };
  if (state.name === 'dead') return deadWords(camera, state.reason);
  if (state.name === 'refused') {
    const known = Object.entries(refusalWords).find(([code]) => code === state.code)?.[1];
    return { title: word('refused'), more: known ? word(known) : codeWords(state.code) };
  }
  return { title: word(state.name) };
};

/** Of a stream that ended or was refused: it comes back by itself or not, but nobody did anything wrong. */
const codeWords = (code: string): string => failureWords(new AskFailure(code, 'unavailable', ''));

/** The camera's own status says since when and why; until that has come, the end of the stream does. */
const deadWords = ({ status }: CameraView, reason: string): { title: string; more: string } => {
  const told = /since (\S+Z)/.exec(reason)?.[1];
  const isKnown = status !== undefined && status.state !== 'live';
  const since = isKnown ? status.since : told === undefined ? undefined : Date.parse(told);
  const title = since === undefined ? word('dead') : word('deadSince', { since: whenTold(since) });
  const cause = isKnown ? status.cause : undefined;
  const why = cause ? causeWord(cause) : codeWords(/^[\w-]+/.exec(reason)?.[0] ?? '');
  return { title, more: why };
};
