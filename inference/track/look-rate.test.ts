import { describe, expect, test } from 'vitest';
import type { Track } from '../../core/stages.ts';
import { createSeededRandom } from '../../test/fixtures/inference/seeded-random.ts';
import { walkerAt } from '../../test/fixtures/inference/staged-scene.ts';
import { toLookRate } from './look-rate.ts';
import { createTracker } from './tracker.ts';

const track = (change: Partial<Track> = {}): Track => ({
  trackId: 't',
  label: 'person',
  score: 0.9,
  box: { x: 0.4, y: 0.4, w: 0.1, h: 0.3 },
  startedAt: 0,
  seenAt: 0,
  hits: 9,
  isConfirmed: true,
  isSeenNow: true,
  stoodAtStart: false,
  stillMs: 0,
  speed: 0,
  ...change,
});
const standing = track({ stillMs: 20_000 });

describe('toLookRate', () => {
  test.each<[string, readonly Track[], number]>([
    ['nothing there', [], 1],
    ['a parked car and somebody who waits', [standing, track({ label: 'car', stillMs: 60_000 })], 1],
    ['somebody strolling', [track({ speed: 0.3 })], 2],
    ['a walker', [track({ speed: 1.4 })], 2],
    ['a runner among walkers', [track({ speed: 1.4 }), track({ speed: 5 })], 5],
    ['a motorcycle', [track({ label: 'motorcycle', speed: 40 })], 10],
    ['somebody new, not believed yet', [standing, track({ isConfirmed: false })], 2],
    ['a wild guess at a new one’s speed', [track({ isConfirmed: false, speed: 30 })], 2],
    ['somebody who has just sat down', [track({ stillMs: 1_000 })], 2],
    ['somebody who sets off', [track({ stillMs: 20_000, speed: 0.6 })], 2],
    ['a walker who is hidden for a moment', [track({ isSeenNow: false, speed: 1.4 })], 2],
    ['a speed that is no number', [track({ speed: Number.NaN })], 2],
  ])('wants of a site with 2 frames a second, for %s, its own', (_, tracks, fps) => {
    expect(toLookRate(tracks, 2)).toBe(fps);
  });

  test.each([
    [0.5, 0.5],
    [12, 1],
  ])('never rests above the site’s own %d frames a second', (nominal, fps) => {
    expect(toLookRate([standing], nominal)).toBe(fps);
  });

  test('leaves a site its own rate when that is above ten', () => {
    expect(toLookRate([track({ speed: 99 })], 12)).toBe(12);
  });

  test.each([2, 3])('keeps near the nominal %i frames a second while somebody walks by', (nominal) => {
    const random = createSeededRandom(20_261_125);
    const tracker = createTracker({ cameraId: 'gate', place: '431103110201' });
    const rates: number[] = [];
    for (let seconds = 0; seconds < 15; seconds += 1 / (rates.at(-1) ?? nominal)) {
      // 1.4 box widths a second, as the median walker of the PETS sequence; the box trembles by a twentieth.
      const x = 0.02 + seconds * 0.056 + random.between(-0.002, 0.002);
      const { tracks } = tracker.update([walkerAt(x)], 1e12 + seconds * 1000);
      rates.push(toLookRate(tracks, nominal));
    }

    const meanSeconds = rates.reduce((sum, fps) => sum + 1 / fps, 0) / rates.length;
    expect(1 / meanSeconds).toBeGreaterThan(0.95 * nominal);
    expect(1 / meanSeconds).toBeLessThan(1.15 * nominal);
  });
});
