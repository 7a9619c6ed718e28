import { expect, test } from 'vitest';
import { tinyCenternetCard, tinyYoloxBestCard, tinyYoloxCard } from '../../test/fixtures/inference/cards.ts';
import { createFindDetections } from './decoder.ts';

test('goes from tensors to detections on the picture', () => {
  const find = createFindDetections(tinyYoloxCard);
  const output = new Float32Array(21 * 8);
  output.set([0.5, 0.5, 0, 0, 1, 0.75, 0, 0], 5 * 8);
  output.set([Number.NaN, 0, 0, 0, 1, 1, 0, 0], 9 * 8);

  expect(find([output], 32, 16)).toEqual({
    detections: [{ label: 'person', score: 0.75, box: { x: 0.25, y: 0.5, w: 0.25, h: 0.5 } }],
    discarded: 1,
  });
});

test.each([
  ['YOLOX', { ...tinyYoloxCard, labels: ['person'] as const }, /\[1,21,6\].*\[1,21,8\]/],
  [
    'best-class YOLOX',
    { ...tinyYoloxBestCard, input: { ...tinyYoloxBestCard.input, height: 64 } },
    /\[1,42,7\].*\[1,21,7\]/,
  ],
  ['CenterNet', { ...tinyCenternetCard, labels: ['person'] as const }, /\[1,1,8,8\].*\[1,2,8,8\]/],
])('refuses a %s card whose shapes contradict its input, strides or labels', (_, card, message) => {
  expect(() => createFindDetections({ ...card, labels: [...card.labels] })).toThrow(
    expect.objectContaining({ code: 'model-shape-mismatch', message: expect.stringMatching(message) }),
  );
});
