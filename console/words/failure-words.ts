import type { ErrorKind } from '../../core/errors.ts';
import { toAskFailure } from '../http/ask-failure.ts';
import { failureTerm } from './failure-terms.ts';
import { word } from './words.ts';

const byKind = {
  invalid: 'failureInvalid',
  unauthenticated: 'failureSignIn',
  forbidden: 'failureForbidden',
  'not-found': 'failureNotFound',
  conflict: 'failureConflict',
  unavailable: 'failureUnavailable',
  timeout: 'failureDeadline',
  exhausted: 'failureFull',
  corrupt: 'failureInternal',
  internal: 'failureInternal',
} as const satisfies Record<ErrorKind, string>;

type Known = keyof typeof failureTerm.words.zh;

export const isKnownFailure = (code: string): code is Known => Object.hasOwn(failureTerm.words.zh, code);

/** What was thrown, in words of who sits before the screen: by its code, of an unknown one by its kind. */
export const failureWords = (thrown: unknown): string => {
  const { code, kind } = toAskFailure(thrown);
  return isKnownFailure(code) ? failureTerm(code) : word(byKind[kind] ?? 'failureInternal');
};

/** The server's own words, in English, which name the thing and the value; nothing of what the browser found itself. */
export const failureDetail = (thrown: unknown): string | undefined => {
  const { code, message } = toAskFailure(thrown);
  return message === '' || ownCodes.has(code) ? undefined : `${message} (${code})`;
};

const ownCodes: ReadonlySet<string> = new Set(['unreachable', 'deadline', 'cancelled']);
