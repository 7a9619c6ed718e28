import { describe, expect, test } from 'vitest';
import type { Detection } from '../../core/schema/detection.ts';
import { confirmedIds, seen, show, walkerAt } from '../../test/fixtures/inference/staged-scene.ts';
import { createTracker } from './tracker.ts';

const newTracker = () => createTracker({ cameraId: 'gate-1', place: '431103110201' });

/** Who walks right for two seconds, is hidden for one, and comes out as `after` says. */
const hiddenFor = (seconds: number, after: (at: number) => Detection) =>
  show(newTracker(), {
    frames: 60,
    stepMs: 100,
    sceneAt: (at) => {
      if (at < 2) return [walkerAt(0.3 + 0.04 * at)];
      return at < 2 + seconds ? [] : [after(at)];
    },
  });

describe('somebody who was hidden', () => {
  test.each<[string, (at: number) => Detection]>([
    ['stopped', () => walkerAt(0.38)],
    ['turned back', (at) => walkerAt(0.38 - 0.04 * (at - 2))],
    ['hurried', (at) => walkerAt(0.38 + 0.08 * (at - 2))],
  ])('is the same who %s', (_, after) => {
    expect(confirmedIds(hiddenFor(1, after))).toHaveLength(1);
  });

  test.each<[string, (at: number) => Detection]>([
    ['comes out far off', () => walkerAt(0.7)],
    ['is twice as tall', () => seen('person', { x: 0.38, y: 0.3, w: 0.08, h: 0.4 })],
    ['is a car', () => seen('car', { x: 0.38, y: 0.4, w: 0.04, h: 0.2 })],
  ])('is not whoever %s', (_, after) => {
    expect(confirmedIds(hiddenFor(1, after))).toHaveLength(2);
  });

  test('is somebody else after three seconds', () => {
    expect(confirmedIds(hiddenFor(3, () => walkerAt(0.38)))).toHaveLength(2);
  });

  test('does not come out twice', () => {
    const updates = show(newTracker(), {
      frames: 60,
      stepMs: 100,
      sceneAt: (at) => (at < 2 ? [walkerAt(0.3)] : at < 3 ? [] : [walkerAt(0.26), walkerAt(0.34)]),
    });

    expect(confirmedIds(updates)).toHaveLength(2);
    expect(updates.at(-1)?.tracks).toHaveLength(2);
  });
});
