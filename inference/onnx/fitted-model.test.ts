import { expect, test } from 'vitest';
import { tinyCenternetCard, tinyYoloxBestCard, tinyYoloxCard } from '../../test/fixtures/inference/cards.ts';
import { fitCard, inputSizeFor } from './fitted-model.ts';

const card = { ...tinyYoloxCard, input: { ...tinyYoloxCard.input, width: 416, height: 416 } };

test.each([
  ['4:3', { width: 416, height: 312 }, { width: 416, height: 320 }],
  ['16:9', { width: 416, height: 234 }, { width: 416, height: 256 }],
  ['upright', { width: 234, height: 416 }, { width: 256, height: 416 }],
  ['square', { width: 416, height: 416 }, { width: 416, height: 416 }],
  ['a sliver', { width: 416, height: 1 }, { width: 416, height: 32 }],
])('gives a %s picture the cells that it covers', (_, picture, size) => {
  const strided = { ...card, output: { ...card.output, strides: [8, 16, 32] } };

  expect(inputSizeFor(strided, picture)).toEqual(size);
});

test('gives a model that stretches its picture all of its input', () => {
  const { width, height } = tinyCenternetCard.input;

  expect(inputSizeFor(tinyCenternetCard, { width: 8, height: 8 })).toEqual({ width, height });
});

test.each([
  ['every class', tinyYoloxCard, 5 + tinyYoloxCard.labels.length],
  ['the best class', tinyYoloxBestCard, 7],
])('fits an answer of %s to the input', (_, { input, output, ...others }, values) => {
  const strided = {
    ...others,
    input: { ...input, width: 416, height: 416 },
    output: { ...output, strides: [8, 16, 32] },
  };
  const size = inputSizeFor(strided, { width: 416, height: 312 });
  const fitted = fitCard(strided, size);

  expect(fitted.input).toMatchObject({ width: 416, height: 320 });
  expect(fitted.output.tensors[0]?.shape).toEqual([1, 2730, values]);
});
