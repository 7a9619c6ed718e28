import { describe, expect, it } from 'vitest';
import { rowsInSight } from './virtual-list.tsx';

describe('rows of a long list', () => {
  it('are there for what is in sight and a few beyond, however many there are', () => {
    expect(rowsInSight(100_000, 50, 500_000, 800)).toEqual({ first: 9994, end: 10_022 });
  });

  it('end with the list', () => {
    expect(rowsInSight(10, 50, 0, 800)).toEqual({ first: 0, end: 10 });
    expect(rowsInSight(10, 50, 99_999, 800)).toEqual({ first: 4, end: 10 });
    expect(rowsInSight(0, 50, 0, 800)).toEqual({ first: 0, end: 0 });
  });
});
