import { expect, it } from 'vitest';
import { isSaid, signed } from './changes.ts';

const part = (judged: number) => ({
  ...{ from: 0, to: 1, raised: judged, judged, falseAlarms: 0, responses: [], scenarios: [] },
});

it('a change is said only where both spans rest on enough', () => {
  const judged = (one: { judged: number }): number => one.judged;
  expect(isSaid(part(20), part(20), judged)).toBe(true);
  expect(isSaid(part(20), part(19), judged)).toBe(false);
  expect(isSaid(part(20), part(20), () => undefined)).toBe(false);
});

it('a change has its sign, and nought has one too', () => {
  expect([signed(3, String), signed(-2, String), signed(0, String), signed(undefined, String)]).toEqual([
    ...['+3', '−2', '±0', undefined],
  ]);
});
