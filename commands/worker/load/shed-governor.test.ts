import { describe, expect, test } from 'vitest';
import { ShedGovernor } from './shed-governor.ts';

const levels = [1, 2, 3, 8, 9];

/** The level at the end of each second under that lateness. */
const play = (
  governor: ShedGovernor,
  from: number,
  seconds: number,
  lateness: number | ((level: number) => number),
  fullness = 0,
): number[] =>
  Array.from({ length: seconds }, (_, index) =>
    governor.decide(
      { lateness: typeof lateness === 'number' ? lateness : lateness(governor.level), fullness },
      levels,
      (from + index) * 1000,
    ),
  );

describe('ShedGovernor', () => {
  test('does nothing about one bad second, nor about strain just below the limit', () => {
    const governor = new ShedGovernor();

    expect(play(governor, 0, 2, 1.2)).toEqual([0, 0]);
    expect(play(governor, 2, 60, 0.99, 0.99).at(-1)).toBe(0);
  });

  test('takes a share every three seconds, passing over those that would change nothing', () => {
    expect(play(new ShedGovernor(), 0, 16, 1.2)).toEqual([0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3, 8, 8, 8, 9, 9]);
  });

  test('takes two every second when lateness is twice the limit, and stops at the last', () => {
    expect(play(new ShedGovernor(), 0, 6, 2)).toEqual([0, 2, 3, 8, 9, 9]);
  });

  test('bears threads that have nothing to spare for half a minute while nothing is late', () => {
    const governor = new ShedGovernor();

    expect(play(governor, 0, 30, 0.3, 5).at(-1)).toBe(0);
    expect(play(governor, 30, 1, 0.3, 0.9).at(-1)).toBe(0);
    expect(play(governor, 31, 34, 0.3, 1).slice(29)).toEqual([0, 1, 1, 1, 2]);
  });

  test('takes shares back one by one, five calm seconds each', () => {
    const governor = new ShedGovernor();
    play(governor, 0, 5, 2);

    const back = play(governor, 5, 26, 0.7);

    expect([back[4], back[5], back[10], back[15], back[20], back[25]]).toEqual([9, 8, 3, 2, 1, 0]);
  });

  test('takes no more than a camera back at once where there are few', () => {
    const governor = new ShedGovernor();
    play(governor, 0, 5, 2);

    expect(play(governor, 5, 12, 0.4)).toEqual([9, 9, 9, 9, 9, 8, 8, 8, 8, 8, 3, 3]);
  });

  test('takes half a step back at once where there are many cameras', () => {
    const governor = new ShedGovernor();
    const many = Array.from({ length: 16 }, (_, index) => index + 1);
    for (let second = 0; second < 60; second++)
      governor.decide({ lateness: 2, fullness: 0 }, many, second * 1000);
    for (let second = 60; second < 66; second++)
      governor.decide({ lateness: 0, fullness: 0 }, many, second * 1000);

    expect(governor.level).toBe(12);
  });

  test('stays where it is between calm and too much, of either kind', () => {
    const governor = new ShedGovernor();
    play(governor, 0, 2, 2);

    expect(new Set(play(governor, 2, 300, 0.9, 0.9))).toEqual(new Set([2]));
    expect(new Set(play(governor, 302, 300, 0.1, 0.9))).toEqual(new Set([2]));
  });

  test('takes back what fills a machine only now and then', () => {
    const governor = new ShedGovernor();
    play(governor, 0, 2, 2);

    const story = Array.from({ length: 20 }, (_, second) =>
      governor.decide({ lateness: 0.2, fullness: second % 4 === 0 ? 1.1 : 0.4 }, levels, (2 + second) * 1000),
    );

    expect(story.at(-1)).toBe(0);
  });

  test('tries less and less often what brings the strain back', () => {
    const governor = new ShedGovernor();
    const story = play(governor, 0, 600, (level) => (level >= 2 ? 0.6 : 1.3));
    const sheds = story.filter((level, second) => level > (story[second - 1] ?? 0)).length;

    expect(story.slice(10).every((level) => level === 1 || level === 2)).toBe(true);
    // At the shortest distance there would be 75.
    expect(sheds).toBeLessThan(20);
  });

  test('begins anew with five seconds once a whole overload is over', () => {
    const governor = new ShedGovernor();
    play(governor, 0, 120, (level) => (level >= 2 ? 0.6 : 1.3));
    play(governor, 120, 1000, 0.1);
    play(governor, 1120, 3, 1.3);

    expect(play(governor, 1123, 7, 0.1)[6]).toBe(0);
  });
});
