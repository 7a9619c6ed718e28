import { expect, test } from 'vitest';
import { catchUp } from './catch-up.ts';

test.each([
  ['a little behind, it goes on as it does', 9.7, 10, 1, { rate: 1 }],
  ['more behind, it hurries so that nobody sees it', 9.5, 10, 1, { rate: 1.1 }],
  ['nearly there, it goes on hurrying', 9.7, 10, 1.1, { rate: 1.1 }],
  ['there, it stops to hurry', 9.85, 10, 1.1, { rate: 1 }],
  ['a second behind, it jumps', 9, 10, 1.1, { rate: 1, seekTo: 9.8 }],
  ['in the open GOP that it was given first, it jumps', 0, 4, 1, { rate: 1, seekTo: 3.8 }],
  ['beyond what there is, it comes back', 12, 10, 1, { rate: 1, seekTo: 9.8 }],
])('%s', (_, shownAt, newestAt, rate, wanted) => {
  expect(catchUp(shownAt, newestAt, rate)).toEqual(wanted);
});

test('a jump that is not over yet is not begun again, however far behind it is by then', () => {
  expect(catchUp(9.8, 12, 1, true)).toEqual({ rate: 1 });
});
