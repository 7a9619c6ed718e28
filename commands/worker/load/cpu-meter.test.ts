import { expect, test } from 'vitest';
import { CpuMeter } from './cpu-meter.ts';

/** A process that uses `cores(second)` of the machine. */
const meter = (cores: (second: number) => number, seconds: number): CpuMeter => {
  let used = 5e6;
  const it = new CpuMeter(() => used, 0);
  for (let second = 1; second <= seconds; second++) {
    used += cores(second) * 1e6;
    it.sample(second * 1000);
  }
  return it;
};

test('comes to what is used all the time', () => {
  expect(meter(() => 1.5, 300).cores).toBeCloseTo(1.5, 3);
});

test('makes little of two seconds at the start', () => {
  expect(meter((second) => (second <= 2 ? 2 : 0), 2).cores).toBeLessThan(0.15);
});

test('takes no time for none', () => {
  const it = meter(() => 1, 10);
  const before = it.cores;
  it.sample(10_000);

  expect(it.cores).toBe(before);
});
