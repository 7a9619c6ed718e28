import { createHash } from 'node:crypto';
import { ulidChanceLength, ulidDigits } from '../../core/ulid.ts';

/**
 * What a situation is about, in the 80 bits that a ULID has for chance. The same situation has the same key, so that
 * deciding twice raises once, and an alert read from the bus is found again without anything else remembered.
 */
export const toKey = (...what: readonly string[]): string =>
  Array.from(
    createHash('sha256').update(JSON.stringify(what)).digest().subarray(0, ulidChanceLength),
    (byte) => ulidDigits[byte % ulidDigits.length],
  ).join('');
