import { expect, test } from 'vitest';
import type { Degradation } from '../../core/schema/health.ts';
import { TierPolicy } from './tier-policy.ts';

const awakeFps = 5;

test('is awake for a while after the camera was opened, then dormant', () => {
  const policy = new TierPolicy(awakeFps);
  policy.opened(1000);

  expect([policy.tier(1000), policy.rates(8999).wanted, policy.tier(9000)]).toEqual([
    'awake',
    awakeFps,
    'dormant',
  ]);
});

test('wakes when the picture changes and stays awake as long as it does', () => {
  const policy = new TierPolicy(awakeFps);
  for (let now = 0; now <= 20_000; now += 5000) policy.changed(now);

  expect([policy.tier(25_999), policy.tier(26_000)]).toEqual(['awake', 'dormant']);
});

const wantedAt = (policy: TierPolicy, ...times: number[]): number[] =>
  times.map((now) => policy.rates(now).wanted);

test('follows the latest rate it is told, up or down, and its own when it is told no more', () => {
  const policy = new TierPolicy(awakeFps);
  policy.keepAwake(0, 10_000, 8);
  policy.keepAwake(1_000, 5_000, 1);

  expect(wantedAt(policy, 1_000, 3_499, 3_500, 9_999, 10_000)).toEqual([1, 1, awakeFps, awakeFps, 0]);
});

test('wants a frame looked at before the next one, and within 400 ms at the latest', () => {
  const policy = new TierPolicy(awakeFps);
  const dormant = policy.lookWithinMs(0);
  policy.opened(0);
  const opened = policy.lookWithinMs(0);
  policy.keepAwake(0, 1_000, 8);
  const close = policy.lookWithinMs(0);
  policy.keepAwake(0, 1_000, 1);

  expect([dormant, opened, close, policy.lookWithinMs(0)]).toEqual([400, 1000 / awakeFps, 125, 400]);
});

test('takes fewer frames than usual of a changing picture while somebody says that they will do', () => {
  const policy = new TierPolicy(awakeFps);
  policy.changed(0);
  policy.keepAwake(100, 0, 1);

  expect(wantedAt(policy, 0, 200, 2_600, 5_999, 6_000)).toEqual([1, 1, awakeFps, awakeFps, 0]);
});

test('is not woken by a rate alone', () => {
  const policy = new TierPolicy(awakeFps);
  policy.keepAwake(0, 0, 8);

  expect(policy.tier(0)).toBe('dormant');
});

test('never shortens a hold', () => {
  const policy = new TierPolicy(awakeFps);
  policy.keepAwake(0, 10_000, 2);
  policy.keepAwake(1_000, 1_000, 2);

  expect(policy.tier(9_999)).toBe('awake');
});

test.each([
  [1000, 0],
  [-1, 5],
  [Number.NaN, 5],
  [1000, Number.NaN],
])('does not take a hold of %d ms at %d frames for one', (holdMs, fps) => {
  const policy = new TierPolicy(awakeFps);
  policy.keepAwake(0, holdMs, fps);

  expect(policy.tier(0)).toBe('dormant');
});

test.each<[Degradation | undefined, number, string, boolean]>([
  [undefined, awakeFps, 'awake', false],
  ['slow', 1, 'awake', false],
  ['dormant', 0, 'dormant', false],
  ['unwatched', 0, 'dormant', true],
])(
  'under overload gives %s no more than %d frames a second, and still knows what was wanted',
  (to, allowed, tier, isUnwatched) => {
    const policy = new TierPolicy(awakeFps);
    policy.changed(0);
    policy.degrade(0, 'unwatched');
    policy.degrade(0, to);

    expect(policy.rates(0)).toEqual({ wanted: awakeFps, allowed });
    expect(policy.tier(0)).toBe(tier);
    expect(policy.isUnwatched(0)).toBe(isUnwatched);
  },
);

test('forgets a degradation that nobody repeats', () => {
  const policy = new TierPolicy(awakeFps);
  policy.keepAwake(0, 60_000, awakeFps);
  policy.degrade(0, 'dormant');

  expect([policy.tier(4_999), policy.tier(5_000)]).toEqual(['dormant', 'awake']);
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
