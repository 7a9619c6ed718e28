import { describe, expect, it } from 'vitest';
import { hoursOfWeek } from '../../core/schema/normals.ts';
import { randomFrom } from '../../test/fixtures/api/alert-events.ts';
import { bandOf, toLimits } from './activity-limits.ts';

/** A count with this mean, as chance gives it (Knuth's method). */
const poissonFrom = (random: () => number, mean: number): number => {
  let count = 0;
  for (let left = random(); left > Math.exp(-mean); left *= random()) count++;
  return count;
};

describe('toLimits', () => {
  it.each([
    [{ low: 0, high: 0 }, 2, { above: 6 }],
    [{ low: 0, high: 3 }, 2, { above: 18 }],
    [{ low: 64, high: 100 }, 2, { above: 195, below: 16 }],
    [{ low: 64, high: 100 }, 1, { above: 143, below: 36 }],
    [{ low: 10, high: 10 }, 2, { above: 26, below: 2 }],
    [{ low: 2, high: 20 }, 2, { above: 109 }],
  ])('gives %j with factor %d the limits %j', (band, factor, limits) => {
    expect(toLimits(band, factor)).toEqual(limits);
  });

  it('never lies inside the band, and widens with the factor', () => {
    const seed = 7;
    const random = randomFrom(seed);
    for (let run = 0; run < 500; run++) {
      const low = Math.floor(random() * 200);
      const band = { low, high: low + Math.floor(random() * 200) };
      const [narrow, wide] = [toLimits(band, 1), toLimits(band, 1 + random() * 5)];

      expect(narrow.above, `seed ${seed}, ${JSON.stringify(band)}`).toBeGreaterThanOrEqual(band.high);
      expect(narrow.below ?? 0, `seed ${seed}, ${JSON.stringify(band)}`).toBeLessThanOrEqual(band.low);
      expect(wide.above).toBeGreaterThanOrEqual(narrow.above);
      expect(wide.below ?? 0).toBeLessThanOrEqual(narrow.below ?? 0);
    }
  });

  it('finds a quarter of plain chance unusual less than once in a year, quiet or busy', () => {
    const seed = 5;
    const random = randomFrom(seed);
    for (const mean of [0.2, 2, 15, 80]) {
      const learned = Array.from({ length: 48 }, () => poissonFrom(random, mean)).sort((a, b) => a - b);
      const limits = toLimits({ low: learned[2] ?? 0, high: learned[45] ?? 0 }, 2);
      const year = Array.from({ length: 365 * 96 }, () => poissonFrom(random, mean));
      const unusual = year.filter((count) => count > limits.above || count < (limits.below ?? 0));

      expect(unusual, `seed ${seed}, mean ${mean}`).toEqual([]);
    }
  });
});

describe('bandOf', () => {
  const low = new Array<number | null>(hoursOfWeek).fill(null);
  const normals = {
    ...{ schemaVersion: 1 as const, cameraId: 'gate-1', computedAt: 0, timezone: 'UTC', watchedDays: 20 },
    labels: [{ label: 'car' as const, low: low.with(5, 2), high: low.with(5, 9) }],
  };

  it('knows only hours and labels of which enough was counted', () => {
    expect(bandOf(normals, 'car', 5)).toEqual({ low: 2, high: 9 });
    expect(bandOf(normals, 'car', 6)).toBeUndefined();
    expect(bandOf(normals, 'dog', 5)).toBeUndefined();
  });
});
