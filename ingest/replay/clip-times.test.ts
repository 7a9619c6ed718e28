import { expect, test } from 'vitest';
import { ClipTimes } from './clip-times.ts';

const noPts = -9223372036854775808n;
const tenth = { num: 1, den: 10 };
const tenFps = { num: 10, den: 1 };

const timesOf = (stamps: readonly bigint[], times = new ClipTimes(tenth, tenFps)): number[] =>
  stamps.map((stamp) => times.next(stamp));

test('begins at 0, wherever the file begins', () => {
  expect(timesOf([70n, 71n, 73n])).toEqual([0, 100_000, 300_000]);
});

test('makes up a time that is missing from how many pictures the file has a second', () => {
  expect(timesOf([noPts, noPts, noPts])).toEqual([0, 100_000, 200_000]);
  expect(timesOf([5n, noPts, 8n])).toEqual([0, 100_000, 300_000]);
});

test('never goes back or stands still', () => {
  expect(timesOf([5n, 4n, 5n, 7n, 9n])).toEqual([0, 100_000, 200_000, 300_000, 400_000]);
});

test('takes 25 pictures a second where the file does not say', () => {
  expect(timesOf([noPts, noPts], new ClipTimes({ num: 0, den: 0 }, { num: 0, den: 0 }))).toEqual([0, 40_000]);
});
