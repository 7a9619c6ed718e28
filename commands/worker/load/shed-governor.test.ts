import { describe, expect, test } from 'vitest';
import { ShedGovernor } from './shed-governor.ts';

const levels = [1, 2, 3, 8, 9];

/** The level at the end of each second under that pressure. */
const play = (
  governor: ShedGovernor,
  from: number,
  seconds: number,
  pressure: number | ((level: number) => number),
): number[] =>
  Array.from({ length: seconds }, (_, index) =>
    governor.decide(
      typeof pressure === 'number' ? pressure : pressure(governor.level),
      levels,
      (from + index) * 1000,
    ),
  );

describe('ShedGovernor', () => {
  test('does nothing about one bad second, nor about pressure just below the limit', () => {
    const governor = new ShedGovernor();

    expect(play(governor, 0, 2, 1.2)).toEqual([0, 0]);
    expect(play(governor, 2, 60, 0.99).at(-1)).toBe(0);
  });

  test('takes a step every three seconds, passing over those that would change nothing', () => {
    expect(play(new ShedGovernor(), 0, 16, 1.2)).toEqual([0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3, 8, 8, 8, 9, 9]);
  });

  test('takes a step every second when pressure is twice the limit, and stops at the last', () => {
    expect(play(new ShedGovernor(), 0, 7, 2)).toEqual([0, 1, 2, 3, 8, 9, 9]);
  });

  test('takes steps back one by one, five calm seconds each', () => {
    const governor = new ShedGovernor();
    play(governor, 0, 4, 2);

    const back = play(governor, 4, 20, 0.5);

    expect([back[4], back[5], back[10], back[15]]).toEqual([3, 2, 1, 0]);
  });

  test('stays where it is between calm and too much', () => {
    const governor = new ShedGovernor();
    play(governor, 0, 3, 2);

    expect(new Set(play(governor, 3, 300, 0.9))).toEqual(new Set([2]));
  });

  test('tries less and less often what brings the pressure back', () => {
    const governor = new ShedGovernor();
    const story = play(governor, 0, 600, (level) => (level >= 2 ? 0.6 : 1.3));
    const sheds = story.filter((level, second) => level > (story[second - 1] ?? 0)).length;

    expect(story.slice(10).every((level) => level === 1 || level === 2)).toBe(true);
    // At the shortest distance there would be 75.
    expect(sheds).toBeLessThan(12);
  });

  test('begins anew with five seconds once a whole overload is over', () => {
    const governor = new ShedGovernor();
    play(governor, 0, 120, (level) => (level >= 2 ? 0.6 : 1.3));
    play(governor, 120, 1000, 0.1);
    play(governor, 1120, 3, 1.3);

    expect(play(governor, 1123, 7, 0.1)[6]).toBe(0);
  });
});
