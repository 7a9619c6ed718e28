import { expect, it } from 'vitest';
import { toLinePoints, toLineRows } from './line-rows.ts';

const item = (lineId: string, at: number, direction: 'forward' | 'backward', count: number) => ({
  ...{ cameraId: 'gate', lineId, label: 'person' as const, at, direction, count },
});
const items = [
  item('a', 2, 'forward', 3),
  item('a', 1, 'backward', 1),
  item('b', 1, 'backward', 9),
  item('b', 1, 'forward', 2),
];

it('all lines are added up by step, the two ways apart', () => {
  expect(toLinePoints(items)).toEqual([
    { at: 1, counts: [2, 10] },
    { at: 2, counts: [3, 0] },
  ]);
});

it('all steps are added up by line, the most crossings first', () => {
  expect(toLineRows(items).map(({ lineId, forward, backward }) => [lineId, forward, backward])).toEqual([
    ['b', 2, 9],
    ['a', 3, 1],
  ]);
});
