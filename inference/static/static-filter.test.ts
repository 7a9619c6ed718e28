import { describe, expect, test } from 'vitest';
import type { Detection } from '../../core/schema/detection.ts';
import {
  createSeededRandom,
  freshSeed,
  type SeededRandom,
} from '../../test/fixtures/inference/seeded-random.ts';
import { sceneStart, seen, walkerAt } from '../../test/fixtures/inference/staged-scene.ts';
import { createTracker } from '../track/tracker.ts';
import { createStaticFilter, type StaticFilterOptions } from './static-filter.ts';

const confidentScore = 0.6;
const place: Detection['box'] = { x: 0.1, y: 0.2, w: 0.04, h: 0.2 };

/** What a sign draws: a trembling box of a weak score. */
const signFor = (random: SeededRandom, label: Detection['label'] = 'person'): Detection => {
  const tremble = (): number => random.between(-0.001, 0.001);
  return seen(label, { ...place, x: place.x + tremble(), y: place.y + tremble() }, random.between(0.35, 0.6));
};

type Scene = (seconds: number) => readonly Detection[];

/** A camera's filter and tracker over the scenes it is shown; each frame gives what was left of its detections. */
const openCamera = (options: StaticFilterOptions = {}, stepMs = 200) => {
  const filter = createStaticFilter({ confidentScore, ...options });
  const tracker = createTracker({ cameraId: 'gate-1', place: '431103110201', confidentScore });
  let frames = 0;
  const show = (seconds: number, sceneAt: Scene): (readonly Detection[])[] =>
    Array.from({ length: Math.round((1000 * seconds) / stepMs) }, (_, index) => {
      const detections = sceneAt((index * stepMs) / 1000);
      const left = filter.sift(detections);
      filter.learn(detections, tracker.update(left, sceneStart + frames++ * stepMs));
      return left;
    });
  return { filter, show };
};

const leftIn = (frames: readonly (readonly Detection[])[]): number =>
  frames.reduce((count, left) => count + left.length, 0);

/** Comes along and stops where the sign is drawn, after four seconds. */
const comer = (seconds: number, score = 0.8): Detection =>
  walkerAt(Math.max(place.x, 0.5 - 0.1 * seconds), place.y, score);

describe('createStaticFilter', () => {
  const seed = freshSeed();
  const random = createSeededRandom(seed);
  const sign = (label?: Detection['label']) => signFor(random, label);

  test.each([100, 200, 400, 1_000])(
    'takes out what recurs weakly in one spot, at a look every %i ms',
    (stepMs) => {
      const { filter, show } = openCamera({}, stepMs);
      show(25, () => [sign()]);

      expect(leftIn(show(25, () => [sign()])), `seed ${seed}`).toBe(0);
      expect(filter.spots()).toHaveLength(1);
    },
  );

  test('waits twenty seconds before it does', () => {
    expect(leftIn(openCamera().show(19, () => [sign()]))).toBe(19 * 5);
  });

  test('leaves a weak box of the same kind elsewhere, and one of another kind in the spot', () => {
    const { show } = openCamera();
    show(25, () => [sign()]);
    const others = [walkerAt(0.13, place.y, 0.4), seen('car', place, 0.4)];

    expect(show(1, () => others)[0]).toEqual(others);
  });

  test('knows a kind under all the labels that a small model swaps', () => {
    const { show } = openCamera();
    show(25, () => [seen('car', place, 0.3)]);

    expect(leftIn(show(1, () => [seen('truck', place, 0.3)]))).toBe(0);
  });

  test('does not learn what flickers now and then', () => {
    const { show } = openCamera();

    expect(leftIn(show(120, (seconds) => (Math.floor(seconds) % 3 === 0 ? [sign()] : [])))).toBe(40 * 5);
  });

  test('never learns who stands there from the start and is seen surely', () => {
    const { show } = openCamera();
    const standing = (): Detection => walkerAt(place.x, place.y, random.between(0.5, 0.9));

    expect(leftIn(show(300, () => [standing()])), `seed ${seed}`).toBe(300 * 5);
  });

  test('never learns who walks up and stands there, half hidden for long', () => {
    const { show } = openCamera();
    const sceneAt: Scene = (seconds) => [comer(seconds, seconds < 20 ? 0.8 : 0.45)];

    expect(leftIn(show(45, sceneAt))).toBe(45 * 5);
  });

  test('forgets a spot to which somebody comes, and learns it again after', () => {
    const { show } = openCamera();
    show(25, () => [sign()]);
    show(6, (seconds) => [comer(seconds), sign()]);
    expect(leftIn(show(1, () => [walkerAt(place.x, place.y, 0.45)]))).toBe(5);

    show(90, () => [sign()]);
    expect(leftIn(show(10, () => [sign()]))).toBe(0);
  });

  test('keeps a spot that somebody passes at a distance', () => {
    const { filter, show } = openCamera();
    show(25, () => [sign()]);
    const left = show(6, (seconds) => [walkerAt(0.05 + 0.1 * seconds, 0.5), sign()]);

    expect(leftIn(left)).toBe(6 * 5);
    expect(filter.spots()).toHaveLength(1);
  });

  test('always lets pass what is sure, and forgets a spot that is sure too often', () => {
    const { filter, show } = openCamera();
    show(60, () => [sign()]);
    const real = walkerAt(place.x, place.y, 0.7);

    expect(leftIn(show(20, () => [real]))).toBe(20 * 5);
    expect(filter.spots()).toEqual([]);
  });

  test('goes on after a restart with what it had learnt', () => {
    const { filter, show } = openCamera();
    show(25, () => [sign()]);
    const spots = JSON.parse(JSON.stringify(filter.spots()));

    expect(leftIn(openCamera({ spots }).show(10, () => [sign()]))).toBe(0);
  });

  test('forgets what has not been seen for a week', () => {
    const { filter, show } = openCamera();
    show(25, () => [sign()]);
    filter.learn([], { tracks: [], capturedAt: sceneStart + 8 * 86_400_000 });

    expect(filter.spots()).toEqual([]);
  });

  test('remembers no more than 64 spots, whatever it is shown', () => {
    const { filter, show } = openCamera();
    const crowded = Array.from({ length: 150 }, (_, index) =>
      seen('person', { x: (index % 15) / 15, y: Math.floor(index / 15) / 10, w: 0.02, h: 0.05 }, 0.3),
    );
    show(25, () => crowded);

    expect(filter.spots()).toHaveLength(64);
  });

  test('takes out nothing but weak boxes, whatever comes at whatever time', () => {
    const filter = createStaticFilter({ confidentScore });
    for (let frame = 0; frame < 2_000; frame++) {
      const detections = Array.from({ length: random.whole(0, 5) }, () => ({
        ...sign(),
        score: random.next(),
      }));
      const left = filter.sift(detections);
      const sure = detections.filter(({ score }) => score >= 0.65);
      expect(
        left.filter(({ score }) => score >= 0.65),
        `seed ${seed}`,
      ).toEqual(sure);
      const capturedAt = random.next() < 0.01 ? Number.NaN : sceneStart + random.between(-1e6, 1e6);
      filter.learn(detections, { tracks: [], capturedAt });
    }
  });
});
