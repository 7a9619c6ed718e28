import { describe, expect, it } from 'vitest';
import { decoderShapes, isSameShape } from './decoder-shape.ts';

describe('decoderShapes', () => {
  it('counts the cells of every stride for yolox', () => {
    const shapes = decoderShapes({ width: 640, height: 384 }, { decoder: 'yolox', strides: [8, 16, 32] }, 80);

    expect(shapes).toEqual([[1, 5040, 85]]);
  });

  it('counts the same cells for yolox-best, whatever its classes are', () => {
    const output = { decoder: 'yolox-best' as const, strides: [8, 16, 32] };

    expect(decoderShapes({ width: 640, height: 384 }, output, 80)).toEqual([[1, 5040, 7]]);
  });

  it('gives centernet a heatmap and four distances', () => {
    const shapes = decoderShapes({ width: 512, height: 256 }, { decoder: 'centernet', strides: [4] }, 12);

    expect(shapes).toEqual([
      [1, 12, 64, 128],
      [1, 4, 64, 128],
    ]);
  });

  it.each([
    [[1, 2], [1, 2], true],
    [[1, 2], [1, 3], false],
    [[1, 2], [1, 2, 1], false],
    [[], [], true],
  ])('compares %j with %j', (left, right, isSame) => {
    expect(isSameShape(left, right)).toBe(isSame);
  });
});
