import { describe, expect, test } from 'vitest';
import { tinyCenternetCard } from '../../test/fixtures/inference/cards.ts';
import { createCenternetDecode } from './centernet.ts';

const area = 64;
const decode = createCenternetDecode(tinyCenternetCard);

interface Heat {
  plane: number;
  x: number;
  y: number;
  value: number;
}

const tensorsOf = (heats: readonly Heat[], reach: readonly [number, number, number, number]) => {
  const heat = new Float32Array(2 * area);
  const distances = new Float32Array(4 * area);
  for (const { plane, x, y, value } of heats) {
    heat[plane * area + y * 8 + x] = value;
    for (const [side, distance] of reach.entries()) distances[side * area + y * 8 + x] = distance;
  }
  return [heat, distances];
};

describe('createCenternetDecode', () => {
  test('reaches from the cell’s corner to left, top, right and bottom', () => {
    const tensors = tensorsOf([{ plane: 1, x: 3, y: 5, value: 0.5 }], [2, 4, 6, 8]);

    expect(decode(tensors).candidates).toEqual([
      { label: 'car', score: 0.5, left: 10, top: 16, right: 18, bottom: 28 },
    ]);
  });

  test('keeps the peak and not its slopes', () => {
    const slope = [0.3, 0.5, 0.3].map((value, index) => ({ plane: 0, x: 2 + index, y: 4, value }));

    const { candidates } = decode(tensorsOf(slope, [1, 1, 1, 1]));

    expect(candidates).toMatchObject([{ score: 0.5, left: 11 }]);
  });

  test.each([
    [
      'the corners',
      [
        { x: 0, y: 0 },
        { x: 7, y: 7 },
      ],
    ],
    [
      'cells two apart',
      [
        { x: 3, y: 3 },
        { x: 5, y: 3 },
      ],
    ],
    [
      'opposite edges of neighbouring rows',
      [
        { x: 7, y: 2 },
        { x: 0, y: 3 },
      ],
    ],
  ])('keeps both peaks at %s', (_, places) => {
    const heats = places.map((place) => ({ ...place, plane: 0, value: 0.4 }));

    expect(decode(tensorsOf(heats, [1, 1, 1, 1])).candidates).toHaveLength(2);
  });

  test('does not let one class’s heat hide another’s', () => {
    const heats = [0.9, 0.2].map((value, plane) => ({ plane, x: 4, y: 4, value }));

    const { candidates } = decode(tensorsOf(heats, [1, 1, 1, 1]));

    expect(candidates.map(({ label }) => label)).toEqual(['person', 'car']);
  });

  test('passes over classes that are never reported and heat below the floor', () => {
    const silent = createCenternetDecode({ ...tinyCenternetCard, labels: [null, 'car'] });
    const heats = [0.9, 0.09].map((value, plane) => ({ plane, x: 4, y: 4, value }));

    expect(silent(tensorsOf(heats, [1, 1, 1, 1]))).toEqual({ candidates: [], discarded: 0 });
  });

  test.each([
    ['heat', Number.NaN, 1],
    ['distance', 0.5, Number.POSITIVE_INFINITY],
  ])('counts a box whose %s is no number', (_, value, distance) => {
    const tensors = tensorsOf([{ plane: 0, x: 1, y: 1, value }], [distance, 1, 1, 1]);

    expect(decode(tensors)).toEqual({ candidates: [], discarded: 1 });
  });
});
