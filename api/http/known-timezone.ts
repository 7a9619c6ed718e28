import { defaultTimezone } from '../../core/schedule.ts';

/** The site's zone as the history knows it: it would refuse one that it does not know. */
export const knownTimezone = (name: string | undefined): string => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name ?? defaultTimezone }).resolvedOptions().timeZone;
  } catch {
    return defaultTimezone; // a RangeError: no such zone
  }
};
