import { describe, expect, it } from 'vitest';
import { toSteps } from './plot-data.ts';

const hour = 3_600_000;
const day = 24 * hour;

describe('toSteps', () => {
  it('fills days of which nothing was told, before, between and after', () => {
    const span = { from: 0, to: 5 * day };
    expect(toSteps([day, 3 * day], span, 'day')).toEqual([0, day, 2 * day, 3 * day, 4 * day]);
  });

  it('ends with the step that goes on', () => {
    expect(toSteps([0], { from: 0, to: 2.1 * hour }, 'hour')).toEqual([0, hour, 2 * hour]);
    expect(toSteps([0, 2 * hour], { from: 0, to: 2.1 * hour }, 'hour')).toEqual([0, hour, 2 * hour]);
  });

  it('follows a day of 25 hours', () => {
    const told = [0, day + hour, 2 * day + hour];
    expect(toSteps(told, { from: 0, to: 3 * day + hour }, 'day')).toEqual(told);
  });

  it('has every month, also over new year', () => {
    const [november, january] = [Date.parse('2026-11-01T00:00+08:00'), Date.parse('2027-01-01T00:00+08:00')];
    const steps = toSteps([november], { from: november + day, to: january + day }, 'month');
    expect(steps).toEqual([november, Date.parse('2026-12-01T00:00+08:00'), january]);
  });

  it('of nothing is nothing', () => {
    expect(toSteps([], { from: 0, to: day }, 'day')).toEqual([]);
  });
});
