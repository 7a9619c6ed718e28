import { describe, expect, test } from 'vitest';
import { ShedGovernor } from './shed-governor.ts';

const levels = [1, 2, 3, 8, 9];
/** What is kept back would fill the machine three times over. */
const muchWithheld = 3;

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
      {
        lateness: typeof lateness === 'number' ? lateness : lateness(governor.level),
        fullness,
        withheld: muchWithheld,
      },
      levels,
      (from + index) * 1000,
    ),
  );

/** The shares that are given back at once, of two steps' sixteen. */
const givenBackAt = (fullness: number, withheld: number): number => {
  const governor = new ShedGovernor();
  const many = Array.from({ length: 16 }, (_, index) => index + 1);
  for (let second = 0; second < 60; second++)
    governor.decide({ lateness: 2, fullness: 1, withheld }, many, second * 1000);
  for (let second = 60; governor.level === 16 && second < 120; second++)
    governor.decide({ lateness: 0, fullness, withheld }, many, second * 1000);
  return 16 - governor.level;
};

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

  test('waits for what the last shares do while lateness eases, however great it is', () => {
    const governor = new ShedGovernor();
    const levelAt = (lateness: number, second: number): number => play(governor, second, 1, lateness)[0] ?? 0;

    expect([3, 5, 4.5, 4, 3, 3.5].map(levelAt)).toEqual([0, 2, 2, 2, 3, 8]);
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

  test.each([
    ['one, when what is kept back would not fit by far', 0.8, 3.2, 1],
    ['as many as fit into the room that there is', 0.4, 2.4, 3],
    ['no more than half a step, as cameras that were dormant look back', 0.4, 0.8, 4],
    ['half a step when nothing is kept back', 0.8, 0, 4],
  ])('takes back of many shares %s', (_, fullness, withheld, shares) => {
    expect(givenBackAt(fullness, withheld)).toBe(shares);
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
      governor.decide(
        { lateness: 0.2, fullness: second % 4 === 0 ? 1.1 : 0.4, withheld: 0 },
        levels,
        (2 + second) * 1000,
      ),
    );

    expect(story.at(-1)).toBe(0);
  });

  test('tries less and less often what brings the strain back', () => {
    const governor = new ShedGovernor();
    const story = play(governor, 0, 600, (level) => (level >= 2 ? 0.6 : 1.3));
    const sheds = story.filter((level, second) => level > (story[second - 1] ?? 0)).length;

    expect(story.slice(10).every((level) => level === 1 || level === 2)).toBe(true);
    // At the shortest distance there would be 75.
    expect(sheds).toBeLessThan(30);
  });

  test('begins anew with five seconds once a whole overload is over', () => {
    const governor = new ShedGovernor();
    play(governor, 0, 120, (level) => (level >= 2 ? 0.6 : 1.3));
    play(governor, 120, 1000, 0.1);
    play(governor, 1120, 3, 1.3);

    expect(play(governor, 1123, 7, 0.1)[6]).toBe(0);
  });

  /** Three shares are taken and one is taken back; for how long it is calm after the next overload before one is again. */
  const waitAfterOverload = (secondsLater: number): number => {
    const governor = new ShedGovernor();
    play(governor, 0, 3, 2);
    play(governor, 3, 6, 0.2, 0.84);
    play(governor, 9, secondsLater, 0.9, 0.84);
    play(governor, 9 + secondsLater, 2, 2);
    const before = governor.level;
    return play(governor, 11 + secondsLater, 60, 0.2, 0.84).findIndex((level) => level < before);
  };

  test('takes an overload for the work of what was just taken back, and not one that comes later', () => {
    expect([waitAfterOverload(2), waitAfterOverload(20)]).toEqual([10, 5]);
  });

  test('tries again sooner after what held', () => {
    const governor = new ShedGovernor();
    play(governor, 0, 120, (level) => (level >= 3 ? 0.6 : 1.3));
    const from = governor.level;

    const story = play(governor, 120, 200, 0.2, 0.84);

    const steps = [from, ...story].flatMap((level, second, all) =>
      level < (all[second - 1] ?? level) ? [second] : [],
    );
    const waits = steps.slice(1).map((second, index) => second - (steps[index] ?? 0));
    expect(waits).toEqual([20, 10]);
  });
});
