import { createHash } from 'node:crypto';
import { encodeTime } from 'ulid';

/** Crockford's base 32, of which a ULID is made. */
const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const timeLength = 10;
const keyLength = 16;

/**
 * What a situation is about, in the 80 bits that a ULID has for chance. The same situation has the same key, so that
 * deciding twice raises once, and an alert read from the bus is found again without anything else remembered.
 */
export const toKey = (...what: readonly string[]): string =>
  Array.from(
    createHash('sha256').update(JSON.stringify(what)).digest().subarray(0, keyLength),
    (byte) => digits[byte % digits.length],
  ).join('');

/** The alert of a situation that was decided at a moment (milliseconds since 1970-01-01 UTC). */
export const toAlertId = (at: number, key: string): string => encodeTime(at, timeLength) + key;

export const keyOf = (alertId: string): string => alertId.slice(timeLength);
