import type { ModelInput, ModelOutput } from '../core/schema/model-card.ts';

type Shape = readonly number[];

/** The shapes a decoder reads, in its order, given the picture's size, the strides and the number of classes. */
export const decoderShapes = (
  { width, height }: Pick<ModelInput, 'width' | 'height'>,
  { decoder, strides }: Pick<ModelOutput, 'decoder' | 'strides'>,
  classes: number,
): Shape[] => {
  const cells = strides.map((stride) => [height / stride, width / stride] as const);
  const all = cells.reduce((sum, [rows, columns]) => sum + rows * columns, 0);
  switch (decoder) {
    case 'yolox':
      return [[1, all, 5 + classes]];
    case 'yolox-best':
      return [[1, all, 7]];
    case 'centernet':
      return cells.flatMap(([rows, columns]) => [
        [1, classes, rows, columns],
        [1, 4, rows, columns],
      ]);
  }
};

export const isSameShape = (left: Shape, right: Shape): boolean =>
  left.length === right.length && left.every((size, axis) => size === right[axis]);

export const formatShape = (shape: Shape): string => `[${shape.join(', ')}]`;
