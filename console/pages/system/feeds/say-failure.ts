import { failureTerm } from '../../../words/failure-terms.ts';
import { isKnownFailure } from '../../../words/failure-words.ts';
import { word } from '../words.ts';

/** Why a receiver was not told, by code; what it is of another kind says itself. */
const words = {
  'service-address-forbidden': 'feedForbidden',
  'service-unreachable': 'feedUnreachable',
  'service-late': 'feedLate',
  'service-failing': 'feedFailing',
  'service-refused': 'feedRefused',
  'upstream-unregistered': 'feedUnregistered',
  'config-secret-missing': 'feedSecret',
} as const;

/** In words of who sits before the screen, with what the other side said. */
export const sayFailure = (code: string, reason: string): string => {
  const known = Object.entries(words).find(([one]) => one === code)?.[1];
  if (!known) return isKnownFailure(code) ? `${failureTerm(code)} (${code})` : `${reason} (${code})`;
  const status = /answered (\d{3})/.exec(reason)?.[1];
  return status === undefined ? word(known) : `${word(known)} (HTTP ${status})`;
};

/** As a feed tells its last failure: `code: reason`. */
export const sayLastFailure = (told: string): string => {
  const [, code = '', reason = told] = /^([a-z-]+): (.*)$/s.exec(told) ?? [];
  return code === '' ? reason : sayFailure(code, reason);
};
