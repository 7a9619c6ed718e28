import { expect, test } from 'vitest';
import { countShapeChanges } from '../../test/fixtures/shapes.ts';
import { measurePicture } from './picture-features.ts';

const flat = (level: number) => ({ width: 16, height: 16, pixels: new Uint8Array(256).fill(level) });

test('measures how bright a picture is, and that a flat one has no structure', () => {
  expect(measurePicture(flat(90))).toMatchObject({ mean: 90, spread: 0, fine: 0, coarse: 0 });
});

test('gives measures of one shape', () => {
  const measures = Array.from({ length: 60 }, (_, level) => measurePicture(flat(level)));

  expect(countShapeChanges(measures.slice(-30))).toBe(0);
});
