import { expect, test } from 'vitest';
import { GopMeter } from './gop-meter.ts';

/** One packet a second; keyframes at the seconds given. */
const meterWith = (keyframes: readonly number[], untilSecond: number): GopMeter => {
  const meter = new GopMeter();
  for (let second = 0; second <= untilSecond; second++)
    meter.packet(second * 1e6, keyframes.includes(second));
  return meter;
};

test('knows nothing before the first keyframe', () => {
  expect(meterWith([], 5).seconds).toBe(0);
});

test('grows with a GOP that does not end', () => {
  expect(meterWith([1], 8).seconds).toBe(7);
});

test('measures the GOPs that have ended', () => {
  expect(meterWith([0, 2, 4, 6], 7).seconds).toBe(2);
});

test('does not take a smart codec for an ordinary one after a scene cut', () => {
  expect(meterWith([0, 10, 20, 21], 22).seconds).toBe(10);
});

test('does not take an ordinary codec for a smart one after a jam', () => {
  expect(meterWith([0, 2, 4, 9, 11], 12).seconds).toBe(2);
});

test('follows a camera whose setting was changed within three GOPs', () => {
  expect(meterWith([0, 10, 20, 21, 22], 22).seconds).toBe(1);
});

test('begins anew with a connection', () => {
  const meter = meterWith([0, 10], 12);

  meter.beginSession();

  expect(meter.seconds).toBe(0);
});

test('keeps the usual length while a GOP does not end', () => {
  expect(meterWith([0, 2, 4], 40).usualSeconds).toBe(2);
});
