import { describe, expect, it } from 'vitest';
import { createHourOfWeek } from './hour-of-week.ts';

describe('createHourOfWeek', () => {
  it.each([
    ['Asia/Shanghai', '2026-01-04T16:00:00Z', 0],
    ['Asia/Shanghai', '2026-01-04T15:59:59Z', 167],
    ['Asia/Shanghai', '2026-01-06T00:30:00Z', 24 + 8],
    ['Asia/Kathmandu', '2026-01-04T18:15:00Z', 0],
    ['Asia/Kathmandu', '2026-01-04T18:14:59Z', 167],
  ])('reads the wall clock of %s at %s', (timezone, at, hour) => {
    expect(createHourOfWeek(timezone)(Date.parse(at))).toBe(hour);
  });

  it('gives no moment to an hour that daylight saving leaves out, and two hours to one that comes twice', () => {
    const hourOf = createHourOfWeek('Europe/Berlin');
    const hoursFrom = (start: string) =>
      Array.from({ length: 4 }, (_, hour) => hourOf(Date.parse(start) + hour * 3_600_000) - 144);

    expect(hoursFrom('2026-03-29T00:00:00Z')).toEqual([1, 3, 4, 5]);
    expect(hoursFrom('2026-10-24T23:00:00Z')).toEqual([1, 2, 2, 3]);
  });
});
