import { describe, expect, test } from 'vitest';
import { maxCamerasPerWorker } from '../limits.ts';
import { Admission } from './admission.ts';
import { CameraCosts } from './camera-costs.ts';

/** Cameras that have been measured at 0.1 core each. */
const open = (budget = 1) => {
  const state = { now: 0, usedCores: 0, isShedding: false };
  const costs = new CameraCosts();
  const measure = (cameraId: string): void => {
    for (let second = 0; second < 2000; second++)
      costs.learn({ cameraId, state: 'live', costCores: 0.1 }, second * 1000);
  };
  const admission = new Admission({
    budget,
    costs,
    usedCores: () => state.usedCores,
    isShedding: () => state.isShedding,
    monotonic: () => state.now,
  });
  return { admission, measure, state };
};

const ids = (count: number): string[] => Array.from({ length: count }, (_, index) => `camera-${index}`);

describe('Admission', () => {
  test('takes as many as the prior lets into the budget, and no more', () => {
    const { admission } = open(0.1);
    const held = new Set<string>();
    for (const cameraId of ids(20)) if (admission.admits(cameraId, held)) held.add(cameraId);

    expect(held.size).toBe(8);
  });

  test.each([
    [8, 1, true],
    [9, 1, false],
    [15, 2, true],
    [0, 1, true],
  ])('knows whether %i cameras fit into %i workers', (count, workers, fits) => {
    expect(open(0.1).admission.hasRoomForAll(ids(count), workers)).toBe(fits);
  });

  test('takes fewer of cameras that turned out dear', () => {
    const { admission, measure } = open();
    const held = new Set(ids(9));
    for (const cameraId of held) measure(cameraId);

    expect(admission.committed(held)).toBeCloseTo(0.9);
    expect([
      admission.admits('x', held),
      admission.admits('x', new Set([...held, 'y', 'z', 'u', 'v', 'w', 't', 's', 'r'])),
    ]).toEqual([true, false]);
  });

  test('believes the process when it uses more than its cameras say', () => {
    const { admission, measure, state } = open();
    measure('a');
    state.usedCores = 0.99;

    expect(admission.committed(new Set(['a']))).toBe(0.99);
    expect(admission.admits('x', new Set(['a']))).toBe(false);
  });

  test('adds to what is used the cameras that are too new to show in it', () => {
    const { admission, measure, state } = open();
    measure('a');
    state.usedCores = 0.5;

    expect(admission.committed(new Set(['a', 'new-1', 'new-2']))).toBeCloseTo(0.525);
  });

  test('takes a first camera whatever the budget', () => {
    const { admission, state } = open(0.01);
    state.usedCores = 2;
    state.isShedding = true;

    expect(admission.admits('a', new Set())).toBe(true);
  });

  test('takes none while frames are shed, nor more than a worker may ever hold', () => {
    const { admission, state } = open(1000);
    expect(admission.admits('x', new Set(ids(maxCamerasPerWorker)))).toBe(false);

    state.isShedding = true;

    expect(admission.admits('y', new Set(['a']))).toBe(false);
  });

  test('takes a refused camera when room, with some to spare, has been there for ten seconds', () => {
    const { admission, state } = open();
    const held = new Set(['a']);
    const ask = (now: number, usedCores: number): boolean => {
      Object.assign(state, { now, usedCores });
      return admission.admits('x', held);
    };

    const answers = [
      ask(0, 1),
      ask(4_000, 0.96),
      ask(8_000, 0.5),
      ask(12_000, 0.98),
      ask(16_000, 0.5),
      ask(24_000, 0.5),
      ask(26_000, 0.5),
    ];

    expect(answers).toEqual([false, false, false, false, false, false, true]);
  });

  test('does not make one camera wait because another is too large', () => {
    const { admission, measure, state } = open(0.3);
    const held = new Set(['a']);
    state.usedCores = 0.2;
    measure('large');

    expect([admission.admits('large', held), admission.admits('small', held)]).toEqual([false, true]);
  });
});
