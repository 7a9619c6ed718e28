import { describe, expect, test } from 'vitest';
import { frameOf } from '../test/fixtures/inference/frames.ts';
import { createSeededRandom, freshSeed } from '../test/fixtures/inference/seeded-random.ts';
import { FrameQueue } from './frame-queue.ts';

const camerasOf = (queue: FrameQueue): string[] => {
  const cameras: string[] = [];
  for (let next = queue.shift(); next; next = queue.shift()) cameras.push(next.frame.cameraId);
  return cameras;
};

describe('FrameQueue', () => {
  test('replaces a camera’s waiting frame by its newer one, in the same place of the line', () => {
    const queue = new FrameQueue(8);
    const older = frameOf('a', 0);
    queue.push(older, 0);
    queue.push(frameOf('b', 1), 1);

    expect(queue.push(frameOf('a', 2), 2)).toEqual({ frame: older, reason: 'behind' });
    expect(queue.shift()).toMatchObject({ frame: { cameraId: 'a', slot: 2 }, queuedAt: 2 });
  });

  test('serves cameras in turn, also beside one that never stops', () => {
    const queue = new FrameQueue(8);
    const served: (string | undefined)[] = [];
    for (let round = 0; round < 6; round++) {
      for (const camera of ['eager', 'eager', 'a', 'b']) queue.push(frameOf(camera, 0), round);
      served.push(queue.shift()?.frame.cameraId);
    }

    expect(served).toEqual(['eager', 'a', 'b', 'eager', 'a', 'b']);
  });

  test('serves first what is due first, and nobody waits for ever', () => {
    const queue = new FrameQueue(8);
    for (const camera of ['a', 'b', 'c']) queue.push(frameOf(camera, 0), 0);
    const served: (string | undefined)[] = [];
    for (let round = 0; round < 6; round++) {
      queue.push({ ...frameOf('close', 0), lookWithinMs: 125 }, round * 125);
      served.push(queue.shift()?.frame.cameraId);
    }

    expect(served).toEqual(['close', 'close', 'a', 'b', 'c', 'close']);
  });

  test('lets the longest waiting go when it is full', () => {
    const queue = new FrameQueue(2);
    queue.push(frameOf('a', 0), 0);
    queue.push(frameOf('b', 1), 1);
    queue.push(frameOf('a', 2), 2);

    expect(queue.push(frameOf('c', 3), 3)).toMatchObject({
      frame: { cameraId: 'b' },
      reason: 'detector-busy',
    });
    expect(camerasOf(queue)).toEqual(['a', 'c']);
  });

  test('is never longer than its limit and loses nobody', () => {
    const seed = freshSeed();
    const random = createSeededRandom(seed);
    const queue = new FrameQueue(5);
    let inside = 0;
    for (let step = 0; step < 2_000; step++) {
      if (random.next() < 0.3) inside -= queue.shift() ? 1 : 0;
      else inside += queue.push(frameOf(`c${random.whole(0, 9)}`, 0), step) ? 0 : 1;
      expect(queue.length, `seed ${seed}`).toBe(inside);
      expect(inside, `seed ${seed}`).toBeLessThanOrEqual(5);
    }
  });
});
