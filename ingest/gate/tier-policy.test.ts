import { expect, test } from 'vitest';
import { TierPolicy } from './tier-policy.ts';

const awakeFps = 5;

test('is awake for a while after the camera was opened, then dormant', () => {
  const policy = new TierPolicy(awakeFps);
  policy.opened(1000);

  expect([policy.tier(1000), policy.fps(8999), policy.tier(9000)]).toEqual(['awake', awakeFps, 'dormant']);
});

test('wakes when the picture changes and stays awake as long as it does', () => {
  const policy = new TierPolicy(awakeFps);
  for (let now = 0; now <= 20_000; now += 5000) policy.changed(now);

  expect([policy.tier(25_999), policy.tier(26_000)]).toEqual(['awake', 'dormant']);
});

test('gives the highest rate that somebody wants now', () => {
  const policy = new TierPolicy(awakeFps);
  policy.keepAwake(0, 10_000, 2);
  policy.keepAwake(0, 4_000, 8);
  expect([policy.fps(0), policy.fps(3_999), policy.fps(4_000), policy.fps(10_000)]).toEqual([8, 8, 2, 0]);

  policy.changed(5_000);

  expect(policy.fps(5_001)).toBe(awakeFps);
});

test('never shortens a hold', () => {
  const policy = new TierPolicy(awakeFps);
  policy.keepAwake(0, 10_000, 2);
  policy.keepAwake(1_000, 1_000, 2);

  expect(policy.fps(9_999)).toBe(2);
});

test.each([
  [0, 5],
  [1000, 0],
  [Number.NaN, 5],
  [1000, Number.NaN],
])('does not take a hold of %d ms at %d frames for one', (holdMs, fps) => {
  const policy = new TierPolicy(awakeFps);
  policy.keepAwake(0, holdMs, fps);

  expect(policy.tier(0)).toBe('dormant');
});

test('bounds the rates it keeps, and makes room when they are over', () => {
  const policy = new TierPolicy(awakeFps);
  for (let fps = 1; fps <= 100; fps++) policy.keepAwake(0, 1_000, fps);
  expect(policy.fps(0)).toBe(16);

  policy.keepAwake(2_000, 1_000, 50);

  expect(policy.fps(2_000)).toBe(50);
});

test.each([
  [0, true],
  [2, true],
  [3, true],
  [3.1, false],
  [20, false],
])('thinks of keyframes %d s apart as enough: %s', (gopSeconds, isEnough) => {
  expect(new TierPolicy(awakeFps).isKeyframesEnough(gopSeconds)).toBe(isEnough);
});

test('looks at the picture about once a second and lets the detector look every quarter of a minute', () => {
  const policy = new TierPolicy(awakeFps);

  expect([0, 899, 900].map((now) => policy.takeGate(now))).toEqual([true, false, true]);
  expect([0, 14_999, 15_000].map((now) => policy.takeLook(now))).toEqual([true, false, true]);
});

test('counts an awake frame as a look', () => {
  const policy = new TierPolicy(awakeFps);
  policy.takeLook(0);
  policy.sawFrame(10_000);

  expect([policy.takeLook(15_000), policy.takeLook(25_000)]).toEqual([false, true]);
});
