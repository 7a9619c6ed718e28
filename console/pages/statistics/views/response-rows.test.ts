import { describe, expect, it } from 'vitest';
import { medianWords, sumOf, toResponseRows } from './response-rows.ts';

const times = (place: string, step: 'acknowledged' | 'resolved', due: number, inTime: number) => ({
  ...{ place, step, raised: due, reached: inTime, due, inTime },
});

describe('toResponseRows', () => {
  it('puts the steps of a place beside one another, most alerts first', () => {
    const rows = toResponseRows([
      times('a', 'acknowledged', 2, 1),
      times('b', 'acknowledged', 9, 3),
      times('b', 'resolved', 9, 9),
    ]);
    expect(rows.map(({ place }) => place)).toEqual(['b', 'a']);
    expect(rows[0]?.steps.resolved?.inTime).toBe(9);
    expect(rows[1]?.steps.resolved).toBeUndefined();
  });
});

it('a step of all places is added up, not averaged', () => {
  const items = [times('a', 'acknowledged', 2, 2), times('b', 'acknowledged', 98, 0)];
  expect(sumOf(items, 'acknowledged')).toEqual({ inTime: 2, due: 100 });
});

it('a median of few is not said', () => {
  expect(medianWords({ reached: 4, medianMs: 9000 })).toBe('样本太少（4 条）');
  expect(medianWords({ reached: 5, medianMs: 9000 })).toBe('9 秒');
  expect(medianWords(undefined)).toBe('无');
});
