import { expect, test } from 'vitest';
import { Minutes } from './minutes.ts';

const minute = 60_000;
const counting = () => {
  const minutes = new Minutes(() => ({ frames: 0 }));
  return {
    minutes,
    count: (now: number) => {
      minutes.at(now).frames++;
    },
  };
};

test('counts into the minute of the wall clock', () => {
  const { minutes, count } = counting();
  for (const now of [59_999, 60_000, 119_999, 120_000]) count(now);

  expect(minutes.last(120_000)).toEqual([
    { from: 0, counts: { frames: 1 } },
    { from: minute, counts: { frames: 2 } },
    { from: 2 * minute, counts: { frames: 1 } },
  ]);
});

test('keeps ten minutes however long it counts', () => {
  const { minutes, count } = counting();
  for (let index = 0; index < 1000; index++) count(index * minute);

  expect(minutes.last(999 * minute).map(({ from }) => from / minute)).toEqual([
    990, 991, 992, 993, 994, 995, 996, 997, 998, 999,
  ]);
});

test('tells nothing of minutes that have grown too old', () => {
  const { minutes, count } = counting();
  count(0);
  count(5 * minute);

  expect(minutes.last(12 * minute).map(({ from }) => from / minute)).toEqual([5]);
  expect(minutes.last(30 * minute)).toEqual([]);
});

test('goes on in the same bounds when the clock is set back', () => {
  const { minutes, count } = counting();
  for (let index = 100; index < 110; index++) count(index * minute);
  for (let index = 50; index < 53; index++) count(index * minute);

  expect(minutes.last(52 * minute).map(({ from }) => from / minute)).toEqual([50, 51, 52]);
});
