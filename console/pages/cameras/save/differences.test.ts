import { describe, expect, it } from 'vitest';
import { differences } from './differences.ts';

describe('differences', () => {
  it('names fields by their path, and lists as a whole', () => {
    const before = { name: 'a', limit: { count: 3 }, labels: ['person'] };
    const after = { name: 'a', limit: { count: 4 }, labels: ['car'], dwell: '5s' };
    expect(differences(before, after)).toEqual([
      { path: 'limit.count', before: 3, after: 4 },
      { path: 'labels', before: ['person'], after: ['car'] },
      { path: 'dwell', before: undefined, after: '5s' },
    ]);
  });
  it('are none between equals', () => expect(differences({ a: [1] }, { a: [1] })).toEqual([]));
});
