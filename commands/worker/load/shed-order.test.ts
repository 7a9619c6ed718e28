import { describe, expect, test } from 'vitest';
import {
  degradationsAt,
  levelsFor,
  type Rank,
  type RankedCamera,
  sharesPerStep,
  shedSteps,
} from './shed-order.ts';

const ranks: readonly Rank[] = ['none', 'low', 'medium', 'high', 'urgent'];
const camera = (rank: Rank, isAlerting = false): RankedCamera => ({ cameraId: rank, rank, isAlerting });
const town = ranks.map((rank) => camera(rank));
/** Nineteen cameras of a rank: three in each of the first three shares, two in the others. */
const crowd = Array.from({ length: 19 }, (_, index) => ({
  ...camera('low'),
  cameraId: `cam-${String(index).padStart(2, '0')}`,
}));
const lastLevel = shedSteps.length * sharesPerStep;
const shownAt = (level: number, cameras = town): string[] =>
  [...degradationsAt(level, cameras)].map(([cameraId, to]) => `${cameraId} ${to}`).sort();

describe('degradationsAt', () => {
  test.each([
    [0, []],
    [1, ['none unwatched']],
    [2, ['low slow', 'none unwatched']],
    [3, ['low dormant', 'none unwatched']],
    [5, ['low dormant', 'medium dormant', 'none unwatched']],
    [6, ['high slow', 'low dormant', 'medium dormant', 'none unwatched']],
    [8, ['high dormant', 'low dormant', 'medium dormant', 'none unwatched', 'urgent slow']],
    [9, ['high dormant', 'low dormant', 'medium dormant', 'none unwatched', 'urgent dormant']],
  ])('takes %i steps in the declared order', (steps, shown) => {
    expect(shownAt(steps * sharesPerStep)).toEqual(shown);
  });

  test('takes a step a share at a time, from neighbours in turn', () => {
    const slow = (level: number) => [...degradationsAt(sharesPerStep + level, crowd).keys()];

    expect(slow(1)).toEqual(['cam-00', 'cam-08', 'cam-16']);
    expect(slow(2)).toEqual(['cam-00', 'cam-01', 'cam-08', 'cam-09', 'cam-16', 'cam-17']);
    expect(slow(sharesPerStep)).toHaveLength(19);
  });

  test('goes to the next step of a rank when all of its cameras have had the one before', () => {
    const next = degradationsAt(2 * sharesPerStep + 1, crowd);

    expect([next.get('cam-00'), next.get('cam-01')]).toEqual(['dormant', 'slow']);
    expect(next.size).toBe(19);
  });

  test('never takes a camera with an alert in flight below one frame a second', () => {
    const alerting = ranks.map((rank) => camera(rank, true));
    for (let level = 0; level <= lastLevel; level++) {
      for (const to of degradationsAt(level, alerting).values()) expect(to).toBe('slow');
    }
  });

  test('takes nothing from a more important camera before all is taken from the less important', () => {
    for (let level = 1; level <= lastLevel; level++) {
      const shed = degradationsAt(level, [...town, ...crowd]);
      const last = ranks.findLastIndex((rank) => shed.has(rank));
      for (const rank of ranks.slice(0, last))
        expect(shed.get(rank)).toBe(rank === 'none' ? 'unwatched' : 'dormant');
      if (last > ranks.indexOf('low'))
        for (const { cameraId } of crowd) expect(shed.get(cameraId)).toBe('dormant');
    }
  });
});

describe('levelsFor', () => {
  test.each<[readonly Rank[], number[]]>([
    [[], []],
    [['none'], [1]],
    [
      ['urgent', 'low', 'low'],
      [9, 10, 17, 18, 57, 65],
    ],
    [ranks, [1, 9, 17, 25, 33, 41, 49, 57, 65]],
  ])('knows which shares concern cameras of rank %j', (present, levels) => {
    expect(levelsFor(present.map((rank) => camera(rank)))).toEqual(levels);
  });

  test('each level takes something from some camera', () => {
    const cameras = [...town, ...crowd];
    const levels = levelsFor(cameras);
    const shown = [0, ...levels].map((level) => shownAt(level, cameras).join());

    expect(levels).toEqual([...levels].sort((one, other) => one - other));
    expect(new Set(shown).size).toBe(levels.length + 1);
  });
});
