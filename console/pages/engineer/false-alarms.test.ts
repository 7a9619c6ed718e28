import { expect, test } from 'vitest';
import { countReasons, reasonOf } from './false-alarms.ts';

const called = (...reasons: Parameters<typeof reasonOf>[0]['steps'][number]['reason'][]) => ({
  steps: [
    { state: 'acknowledged' as const, at: 1 },
    ...reasons.map((reason, index) => ({
      state: 'falseAlarm' as const,
      at: 2 + index,
      ...(reason ? { reason } : {}),
    })),
  ],
});

test('the reason is that of whoever called it false last', () => {
  expect(reasonOf(called('light', 'animal'))).toBe('animal');
  expect(reasonOf(called('light', undefined))).toBe('light');
  expect(reasonOf(called())).toBeUndefined();
});

test('reasons are counted, the most frequent first; an alert without one is not', () => {
  const alarms = [called('light'), called('animal'), called('animal'), called()];

  expect(countReasons(alarms)).toEqual([
    { reason: 'animal', count: 2 },
    { reason: 'light', count: 1 },
  ]);
});
