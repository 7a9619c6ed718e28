import { expect, test } from 'vitest';
import { beginsAnew, Mpeg1Backlog } from './mpeg1-backlog.ts';

test('the picture that is shown has the time that it came with, not that of the newest', () => {
  const backlog = new Mpeg1Backlog();
  for (const seconds of [1, 1.04, 1.04, 1.08]) backlog.put(seconds, false);

  expect([backlog.shown(), backlog.shown(), backlog.shown(), backlog.shown()]).toEqual([
    1,
    1.04,
    1.08,
    undefined,
  ]);
});

test('a decoder that is late goes on at the next picture that needs none before it, and not earlier', () => {
  const backlog = new Mpeg1Backlog();
  const given = Array.from({ length: 12 }, (_, index) => backlog.put(index / 25, index === 0));

  expect(given.some(Boolean)).toBe(false);
  expect(backlog.put(12 / 25, true)).toBe(true);
  expect(backlog.shown()).toBe(12 / 25);
});

test('a decoder that keeps up loses nothing', () => {
  const backlog = new Mpeg1Backlog();
  for (let index = 0; index < 100; index++) {
    expect(backlog.put(index / 25, index % 12 === 0)).toBe(false);
    if (index > 4) backlog.shown();
  }
});

test.each([
  [[0, 0, 1, 0xb3, 9], true],
  [[0, 0, 1, 0], false],
  [[], false],
])('of %j it is %s that it begins anew', (bytes, isNew) => {
  expect(beginsAnew([new Uint8Array(bytes)])).toBe(isNew);
});
