import { expect, test } from 'vitest';
import { StreamTimes } from './stream-times.ts';

const frameUs = 40_000;

const raw = (ptsUs?: number, dtsUs?: number) => ({ ptsUs, dtsUs, durationUs: frameUs });

/** Feeds frames of one session, one each 40 ms of real time from `fromMs`. */
const feed = (times: StreamTimes, rawUs: readonly (number | undefined)[], fromMs = 0): number[] =>
  rawUs.map((us, index) => times.next(raw(us, us), fromMs + index * 40).ptsUs);

const opened = (startUs = 1_000_000, reorderFrames = 0): StreamTimes => {
  const times = new StreamTimes(startUs);
  times.beginSession(reorderFrames, 0);
  return times;
};

test("begins at its own start and goes on by the camera's steps", () => {
  expect(feed(opened(), [500, 40_500, 80_500])).toEqual([1_000_000, 1_040_000, 1_080_000]);
});

test('fills in the times that FFmpeg leaves out at the beginning', () => {
  expect(feed(opened(), [undefined, 40_000, 80_000])).toEqual([1_000_000, 1_040_000, 1_080_000]);
});

test('keeps the order of pictures with B-frames while decoding times are missing', () => {
  const times = opened(0, 2);
  const sent = [raw(), raw(120_000), raw(40_000), raw(80_000, 40_000), raw(240_000, 80_000)];

  const got = sent.map((packet, index) => times.next(packet, index * 40));

  expect(got.map(({ ptsUs }) => ptsUs)).toEqual([80_000, 200_000, 120_000, 160_000, 320_000]);
  expect(got.map(({ dtsUs }) => dtsUs)).toEqual([0, 40_000, 80_000, 120_000, 160_000]);
});

test('goes on by the time that has passed when the camera is opened again', () => {
  const times = opened();
  feed(times, [0, 40_000]);

  times.beginSession(0, 10_000);

  expect(feed(times, [7_000_000, 7_040_000], 10_040)).toEqual([11_040_000, 11_080_000]);
});

test('survives the wrap-around of 32-bit RTP time', () => {
  const wrapUs = (2 ** 32 / 90_000) * 1e6;
  const times = opened();

  const got = feed(times, [wrapUs - 40_000, 0, 40_000]);

  expect(got).toEqual([1_000_000, 1_040_000, 1_080_000]);
  expect(times.jumps).toBe(1);
});

test('takes a leap of the camera by an hour for a leap, and a pause for a pause', () => {
  const times = opened();
  feed(times, [0, 40_000]);

  const leap = times.next(raw(3.6e9, 3.6e9), 80).dtsUs;
  const pause = times.next(raw(3.6e9 + 8e6, 3.6e9 + 8e6), 8080).dtsUs;

  expect(leap).toBe(1_080_000);
  expect(pause).toBe(9_080_000);
  expect(times.jumps).toBe(1);
});

test('moves packets of a smart codec that step back behind the one before and counts them', () => {
  const times = opened();

  const got = feed(times, [0, 40_000, 20_000, 30_000, 80_000]);

  expect(got).toEqual([1_000_000, 1_040_000, 1_040_001, 1_040_002, 1_080_000]);
  expect(times.nonMonotonic).toBe(2);
});

test('regression: notices nothing when RTCP takes the time a second forward and back again', () => {
  const times = opened();

  const got = feed(times, [0, 40_000, 1_080_000, 1_120_000, 160_000, 200_000]);

  expect(got).toEqual([0, 40_000, 80_000, 120_000, 160_000, 200_000].map((us) => us + 1_000_000));
  expect([times.jumps, times.nonMonotonic]).toEqual([2, 0]);
});

test('takes a jam that ends in a burst for no jump', () => {
  const times = opened();
  feed(times, [0, 40_000]);

  const got = [1, 2, 3].map((second) => times.next(raw(second * 1e6, second * 1e6), 3_000 + second).ptsUs);

  expect(got).toEqual([2_000_000, 3_000_000, 4_000_000]);
  expect(times.jumps).toBe(0);
});

test("knows when the camera's time stands still although packets come", () => {
  const times = opened();
  feed(times, [0, 40_000, 40_000, 40_000, 40_000]);

  expect(times.progressedAt).toBe(40);
});

test('never goes backwards in decoding order, whatever the camera sends', () => {
  const seed = Math.floor(Math.random() * 2 ** 31);
  let state = seed;
  const random = (): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return state / 0x7fffffff;
  };
  const times = opened();
  let nowMs = 0;
  let lastUs = Number.NEGATIVE_INFINITY;

  for (let round = 0; round < 20_000; round++) {
    nowMs += random() * 100;
    if (random() < 0.01) times.beginSession(Math.floor(random() * 3), nowMs);
    const us = random() < 0.05 ? undefined : (random() - 0.2) * 10 ** (random() * 14);
    const { dtsUs, ptsUs } = times.next({ ptsUs: us, dtsUs: us, durationUs: random() * 80_000 }, nowMs);
    expect(dtsUs, `seed ${seed}`).toBeGreaterThan(lastUs);
    expect(ptsUs, `seed ${seed}`).toBeGreaterThanOrEqual(dtsUs);
    lastUs = dtsUs;
  }
});
