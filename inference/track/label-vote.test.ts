import { expect, test } from 'vitest';
import { LabelVote } from './label-vote.ts';

test('bears the label that has the most weight, not the latest', () => {
  const vote = new LabelVote('car', 0.6);
  vote.add('truck', 0.5);
  expect(vote.winner).toBe('car');

  vote.add('truck', 0.4);
  expect(vote.winner).toBe('truck');

  vote.add('bus', 0.8);
  expect(vote.winner).toBe('truck');
});
