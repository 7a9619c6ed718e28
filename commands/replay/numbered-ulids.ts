import { encodeTime } from 'ulid';

/** Crockford's base 32, as ULIDs are written. */
const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const timeLength = 10;
const countLength = 16;

/** Gives ULIDs in which a count stands where others are random: the same moments in the same order give the same ids. */
export const createNumberedUlids = (): ((atMs: number) => string) => {
  let count = 0;
  return (atMs) => encodeTime(atMs, timeLength) + toBase32(count++);
};

const toBase32 = (value: number): string => {
  let text = '';
  for (let rest = value; text.length < countLength; rest = Math.floor(rest / digits.length)) {
    text = `${digits[rest % digits.length]}${text}`;
  }
  return text;
};
