import { describe, expect, test } from 'vitest';
import { CameraCosts } from './camera-costs.ts';

const live = { cameraId: 'a', state: 'live', costCores: 0.05 } as const;

const learnFor = (
  costs: CameraCosts,
  seconds: number,
  status: Parameters<CameraCosts['learn']>[0] = live,
): void => {
  for (let second = 0; second <= seconds; second++) costs.learn(status, second * 1000);
};

describe('CameraCosts', () => {
  test.each([
    ['of unknown size', {}, 80],
    ['of 640×480', { width: 640, height: 480 }, 80],
    ['of 1920×1080', { width: 1920, height: 1080 }, 26],
  ])('takes a camera %s, before it was measured, for one of %i on a core', (_, size, perCore) => {
    const costs = new CameraCosts();
    costs.learn({ ...live, ...size }, 0);

    expect(Math.round(1 / costs.of('a'))).toBe(perCore);
  });

  test('believes the measurements of ten minutes', () => {
    const costs = new CameraCosts();
    learnFor(costs, 600);

    expect(costs.of('a')).toBeCloseTo(0.05, 3);
  });

  test('does not take a minute awake for the rule', () => {
    const costs = new CameraCosts();
    learnFor(costs, 600, { ...live, costCores: 0.01 });
    for (let second = 601; second <= 630; second++) costs.learn({ ...live, costCores: 0.1 }, second * 1000);

    expect(costs.of('a')).toBeLessThan(0.035);
  });

  test.each(['lost', 'connecting', 'waiting'] as const)('learns nothing of a camera that is %s', (state) => {
    const costs = new CameraCosts();
    learnFor(costs, 600, { ...live, state, costCores: 0 });

    expect(costs.of('a')).toBe(0.0125);
    expect(costs.isYoung('a')).toBe(true);
  });

  test('calls a camera young for half a minute, and passes over a cost that is no number', () => {
    const costs = new CameraCosts();
    learnFor(costs, 29);
    costs.learn({ ...live, costCores: Number.NaN }, 29_500);
    expect([costs.isYoung('a'), Number.isFinite(costs.of('a'))]).toEqual([true, true]);

    costs.learn(live, 30_000);

    expect(costs.isYoung('a')).toBe(false);
  });

  test('remembers no camera that is not configured', () => {
    const costs = new CameraCosts();
    learnFor(costs, 600);
    costs.keepOnly(new Set(['b']));

    expect(costs.of('a')).toBe(0.0125);
  });
});
