import { encodeTime } from 'ulid';

/** Crockford's base 32, as ULIDs are written. */
export const ulidDigits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const timeLength = 10;
/** Of the part that is chance in other ULIDs: 80 bits. */
export const ulidChanceLength = 16;

/** A ULID of a moment (milliseconds since 1970-01-01 UTC) whose part of chance is known. */
export const toUlid = (atMs: number, chance: string): string =>
  encodeTime(Math.max(0, atMs), timeLength) + chance;

export const chanceOf = (id: string): string => id.slice(timeLength);

/** Gives ULIDs in which a count stands where others are random: the same moments in the same order give the same ids. */
export const createNumberedUlids = (): ((atMs: number) => string) => {
  let count = 0;
  return (atMs) => toUlid(atMs, toBase32(count++));
};

const toBase32 = (value: number): string => {
  let text = '';
  for (let rest = value; text.length < ulidChanceLength; rest = Math.floor(rest / ulidDigits.length)) {
    text = `${ulidDigits[rest % ulidDigits.length]}${text}`;
  }
  return text;
};
