import { describe, expect, it } from 'vitest';
import { isUnusual, toActivityPlot } from './activity-rows.ts';

const quarter = { at: 0, minutes: 15, count: 3, low: 2, high: 5 };

describe('isUnusual', () => {
  it.each([
    [{ count: 2 }, false],
    [{ count: 5 }, false],
    [{ count: 6 }, true],
    [{ count: 1 }, true],
    // Nobody looked for long enough to say that it was few; many are many all the same.
    [{ count: 1, minutes: 11 }, false],
    [{ count: 6, minutes: 1 }, true],
  ])('%o is %s', (change, expected) => {
    expect(isUnusual({ ...quarter, ...change })).toBe(expected);
  });

  it('nothing is where nothing is known to be normal', () => {
    expect(isUnusual({ at: 0, minutes: 15, count: 999 })).toBe(false);
  });
});

it('quarters in which nobody looked are gaps, not nought', () => {
  const shared = { timezone: 'Asia/Shanghai', cameraId: 'gate', label: 'person' as const };
  const plot = toActivityPlot({
    ...{ ...shared, watchedDays: 20, neededDays: 14, from: 0, to: 3 * 900_000 },
    items: [quarter, { ...quarter, at: 1_800_000, minutes: 3 }],
  });
  expect(plot.at).toHaveLength(3);
  expect(plot.series.map(({ values }) => values)).toEqual([
    [5, null, 5],
    [2, null, 2],
    [3, null, null],
  ]);
});
