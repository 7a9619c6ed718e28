import { expect, test } from 'vitest';
import { RateWindow } from './rate-window.ts';

const fill = (window: RateWindow, fromMs: number, toMs: number, perSecond: number): void => {
  for (let ms = fromMs; ms < toMs; ms += 1000 / perSecond) window.add(ms);
};

test('tells nothing before anything came', () => {
  expect(new RateWindow().perSecond(123_456)).toBe(0);
});

test('tells a young rate over the time there is', () => {
  const window = new RateWindow();
  fill(window, 500, 2500, 25);

  expect(window.perSecond(2500)).toBeCloseTo(25, 0);
});

test.each([20_000, 20_400, 20_999])('tells a steady rate at %i ms', (nowMs) => {
  const window = new RateWindow();
  fill(window, 0, nowMs, 25);

  expect(window.perSecond(nowMs)).toBeGreaterThan(24);
  expect(window.perSecond(nowMs)).toBeLessThan(26);
});

test('forgets within six seconds, also when nothing more is added', () => {
  const window = new RateWindow();
  fill(window, 0, 10_000, 25);

  expect(window.perSecond(13_000)).toBeLessThan(15);
  expect(window.perSecond(16_000)).toBe(0);
  expect(window.perSecond(1_000_000)).toBe(0);
});

test('adds up amounts', () => {
  const window = new RateWindow();
  for (let ms = 0; ms <= 10_000; ms += 1000) window.add(ms, 500);

  expect(window.perSecond(10_999)).toBeCloseTo(500, -1);
});
