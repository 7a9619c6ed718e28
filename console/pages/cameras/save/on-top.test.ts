import { expect, test } from 'vitest';
import { onTop } from './on-top.ts';

test('keeps what the other changed where I changed nothing, and mine where both did', () => {
  const base = { id: 'gate', name: 'Gate', zones: [1], lines: [1] };
  const mine = { id: 'gate', name: 'My gate', zones: [1], lines: [2] };
  const theirs = { id: 'gate', name: 'Gate', zones: [7], lines: [3] };

  expect(onTop(base, mine, theirs)).toEqual({ id: 'gate', name: 'My gate', zones: [7], lines: [2] });
});

test('takes out what either took out, and puts in what either put in', () => {
  const base = { id: 'gate', zones: [1], masks: [1] };

  expect(onTop(base, { id: 'gate', masks: [1], lines: [1] }, { id: 'gate', zones: [1], site: 'w' })).toEqual({
    id: 'gate',
    lines: [1],
    site: 'w',
  });
});
