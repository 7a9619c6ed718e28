import { describe, expect, test } from 'vitest';
import { degradationsAt, levelsFor, type Rank, type RankedCamera, shedSteps } from './shed-order.ts';

const ranks: readonly Rank[] = ['none', 'low', 'medium', 'high', 'urgent'];
const camera = (rank: Rank, isAlerting = false): RankedCamera => ({ cameraId: rank, rank, isAlerting });
const town = ranks.map((rank) => camera(rank));
const shownAt = (level: number, cameras = town): string[] =>
  [...degradationsAt(level, cameras)].map(([cameraId, to]) => `${cameraId} ${to}`);

describe('degradationsAt', () => {
  test.each([
    [0, []],
    [1, ['none unwatched']],
    [2, ['none unwatched', 'low slow']],
    [3, ['none unwatched', 'low dormant']],
    [5, ['none unwatched', 'low dormant', 'medium dormant']],
    [6, ['none unwatched', 'low dormant', 'medium dormant', 'high slow']],
    [8, ['none unwatched', 'low dormant', 'medium dormant', 'high dormant', 'urgent slow']],
    [9, ['none unwatched', 'low dormant', 'medium dormant', 'high dormant', 'urgent dormant']],
  ])('takes %i steps in the declared order', (level, shown) => {
    expect(shownAt(level)).toEqual(shown);
  });

  test('never takes a camera with an alert in flight below one frame a second', () => {
    const alerting = ranks.map((rank) => camera(rank, true));
    for (let level = 0; level <= shedSteps.length; level++) {
      for (const to of degradationsAt(level, alerting).values()) expect(to).toBe('slow');
    }
  });

  test('takes nothing from a more important camera before all is taken from the less important', () => {
    for (let level = 1; level <= shedSteps.length; level++) {
      const shed = degradationsAt(level, town);
      const last = ranks.findLastIndex((rank) => shed.has(rank));
      for (const rank of ranks.slice(0, last))
        expect(shed.get(rank)).toBe(rank === 'none' ? 'unwatched' : 'dormant');
    }
  });
});

describe('levelsFor', () => {
  test.each<[readonly Rank[], number[]]>([
    [[], []],
    [['none'], [1]],
    [
      ['urgent', 'low', 'low'],
      [2, 3, 8, 9],
    ],
    [ranks, [1, 2, 3, 4, 5, 6, 7, 8, 9]],
  ])('knows which steps concern cameras of rank %j', (present, levels) => {
    expect(levelsFor(present.map((rank) => camera(rank)))).toEqual(levels);
  });
});
