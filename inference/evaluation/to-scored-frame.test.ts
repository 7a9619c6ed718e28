import { expect, test } from 'vitest';
import { at } from '../../test/fixtures/inference/scored-frames.ts';
import { toScoredFrame } from './to-scored-frame.ts';

test('takes out what belongs to an ignored object, and nothing else', () => {
  const truth = { counted: [at('a', 0)], ignored: [at('b', 1)] };

  const frame = toScoredFrame(truth, [at('1', 0), at('2', 1, 0.25), at('3', 2)]);

  expect(frame.truth).toEqual(truth.counted);
  expect(frame.said.map(({ id }) => id)).toEqual(['1', '3']);
});

test('leaves a box that overlaps an ignored object too little', () => {
  // Shifted by half its width it overlaps by 1/3.
  const { said } = toScoredFrame({ counted: [], ignored: [at('b', 1)] }, [at('1', 1, 0.5)]);

  expect(said).toHaveLength(1);
});

test('gives the box between a counted and an ignored object to the one it fits better', () => {
  const counted = [at('a', 0)];
  const ignored = [at('b', 0, 0.3)];

  expect(toScoredFrame({ counted, ignored }, [at('1', 0, 0.1)]).said).toHaveLength(1);
  expect(toScoredFrame({ counted, ignored }, [at('1', 0, 0.2)]).said).toHaveLength(0);
});
