import { describe, expect, it } from 'vitest';
import { isShortened } from './coverage.ts';

const second = 1_000_000;
const at = (from: number, to: number, fps: number): number[] =>
  Array.from({ length: Math.round((to - from) * fps) + 1 }, (_, index) => (from + index / fps) * second);

describe('isShortened', () => {
  it.each([
    ['all of the span', at(0, 10, 25), false],
    ['more than the span', at(-4, 10, 25), false],
    ['the span to within a frame', at(0.04, 9.96, 25), false],
    ['a picture a second', at(0.5, 9.5, 1), false],
    ['a late beginning', at(2, 10, 25), true],
    ['an early end', at(0, 7, 25), true],
    ['a reconnect in the middle', [...at(0, 3, 25), ...at(8, 10, 25)], true],
    ['one picture', [5 * second], true],
    ['nothing', [], true],
  ])('judges %s', (_, ptsUs, expected) => {
    expect(isShortened(ptsUs, 0, 10 * second)).toBe(expected);
  });
});
