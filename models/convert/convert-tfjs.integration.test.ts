import { InferenceSession, Tensor } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { convolutionAttributes, tfjsFiles } from '../../test/fixtures/tfjs-graph.ts';
import { convertTfjs } from './convert-tfjs.ts';

type Files = ReturnType<typeof tfjsFiles>;
/** Channels, height, width. */
type Size = readonly [number, number, number];

const width = 7;
const height = 6;

/** A generator of the same numbers every time (Numerical Recipes' linear congruence). */
const numbersFrom = (seed: number) => {
  let state = seed;
  return (count: number): number[] =>
    Array.from({ length: count }, () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state / 2 ** 31 - 1;
    });
};

const run = async ({ json, bytes }: Files, node: string, picture: readonly number[]) => {
  const model = convertTfjs(json, bytes, {
    input: { node: 'picture', name: 'images', width, height },
    outputs: [{ node, name: 'answer' }],
  });
  const session = await InferenceSession.create(model, { intraOpNumThreads: 1 });
  const feeds = { images: new Tensor('float32', Float32Array.from(picture), [1, 3, height, width]) };
  const { answer } = await session.run(feeds);
  await session.release();
  if (!(answer?.data instanceof Float32Array)) throw new TypeError('the model answers no float32 tensor');
  return { dims: answer.dims, numbers: [...answer.data] };
};

/** TensorFlow's convolution, written as its documentation says it; filters are `[height, width, in, out]`. */
const referenceConvolution = (
  picture: readonly number[],
  filters: readonly number[],
  {
    kernel,
    stride,
    outputs,
    isDepthwise,
  }: { kernel: number; stride: number; outputs: number; isDepthwise: boolean },
): number[] => {
  const [rows, columns] = [Math.ceil(height / stride), Math.ceil(width / stride)];
  const top = Math.floor(Math.max((rows - 1) * stride + kernel - height, 0) / 2);
  const left = Math.floor(Math.max((columns - 1) * stride + kernel - width, 0) / 2);
  const at = (channel: number, y: number, x: number): number =>
    y < 0 || x < 0 || y >= height || x >= width ? 0 : (picture[(channel * height + y) * width + x] ?? 0);
  return Array.from({ length: outputs * rows * columns }, (_, index) => {
    const x = index % columns;
    const y = Math.floor(index / columns) % rows;
    const output = Math.floor(index / (columns * rows));
    let sum = 0;
    for (let ky = 0; ky < kernel; ky++)
      for (let kx = 0; kx < kernel; kx++)
        for (let input = 0; input < 3; input++) {
          const multiplier = outputs / 3;
          if (isDepthwise && input !== Math.floor(output / multiplier)) continue;
          const column = isDepthwise ? input * multiplier + (output % multiplier) : input * outputs + output;
          const filter = filters[(ky * kernel + kx) * 3 * (isDepthwise ? multiplier : outputs) + column] ?? 0;
          sum += filter * at(input, y * stride - top + ky, x * stride - left + kx);
        }
    return sum;
  });
};

const expectClose = (got: readonly number[], wanted: readonly number[]): void => {
  expect(got).toHaveLength(wanted.length);
  for (const [index, value] of wanted.entries()) expect(got[index]).toBeCloseTo(value, 4);
};

describe('convertTfjs in ONNX Runtime', () => {
  it.each([
    { kernel: 1, stride: 1, outputs: 4, isDepthwise: false },
    { kernel: 3, stride: 1, outputs: 2, isDepthwise: false },
    { kernel: 3, stride: 2, outputs: 2, isDepthwise: false },
    { kernel: 5, stride: 2, outputs: 3, isDepthwise: true },
    { kernel: 3, stride: 2, outputs: 6, isDepthwise: true },
  ])('convolves as TensorFlow does with SAME padding: %o', async (how) => {
    const next = numbersFrom(how.kernel * 10 + how.stride);
    const { kernel, stride, outputs, isDepthwise } = how;
    const shape = [kernel, kernel, 3, isDepthwise ? outputs / 3 : outputs];
    const filters = next(shape.reduce((product, size) => product * size, 1));
    const op = isDepthwise ? 'DepthwiseConv2dNative' : 'Conv2D';
    const node = { name: 'y', op, input: ['picture', 'w'], attr: convolutionAttributes(stride, 'SAME') };
    const picture = next(3 * height * width);

    const { numbers } = await run(tfjsFiles([node], [{ name: 'w', shape, values: filters }]), 'y', picture);

    expectClose(numbers, referenceConvolution(picture, filters, how));
  });

  it('adds a bias, then cuts at zero', async () => {
    const attr = convolutionAttributes(1, 'VALID', ['BiasAdd', 'Relu']);
    const node = { name: 'y', op: '_FusedConv2D', input: ['picture', 'w', 'b'], attr };
    const weights = [
      { name: 'w', shape: [1, 1, 3, 1], values: [1, 0, 0] },
      { name: 'b', shape: [1], values: [-0.25] },
    ];
    const picture = numbersFrom(7)(3 * height * width);

    const { numbers } = await run(tfjsFiles([node], weights), 'y', picture);

    expectClose(
      numbers,
      picture.slice(0, height * width).map((value) => Math.max(0, value - 0.25)),
    );
  });

  it('doubles a picture between its pixels, the last row and column repeated', async () => {
    const size = { name: 'size', shape: [2], values: [height * 2, width * 2], dtype: 'int32' as const };
    const node = { name: 'y', op: 'ResizeBilinear', input: ['picture', 'size'] };
    const picture = numbersFrom(3)(3 * height * width);

    const { dims, numbers } = await run(tfjsFiles([node], [size]), 'y', picture);

    expect(dims).toEqual([1, 3, height * 2, width * 2]);
    expectClose(numbers, referenceDoubling(picture));
  });

  it('takes means, joins channels and spreads a number over a picture', async () => {
    const weights = [
      { name: 'axes', shape: [2], values: [1, 2], dtype: 'int32' as const },
      { name: 'last', shape: [], values: [3], dtype: 'int32' as const },
    ];
    const nodes = [
      { name: 'mean', op: 'Mean', input: ['picture', 'axes'], attr: { keep_dims: { b: true } } },
      { name: 'product', op: 'Mul', input: ['picture', 'mean'] },
      { name: 'y', op: 'ConcatV2', input: ['product', 'picture', 'last'] },
    ];
    const picture = numbersFrom(5)(3 * height * width);

    const { dims, numbers } = await run(tfjsFiles(nodes, weights), 'y', picture);

    const means = [0, 1, 2].map((channel) =>
      mean(picture.slice(channel * height * width).slice(0, height * width)),
    );
    const product = picture.map((value, index) => value * (means[Math.floor(index / (height * width))] ?? 0));
    expect(dims).toEqual([1, 6, height, width]);
    expectClose(numbers, [...product, ...picture]);
  });
});

const mean = (numbers: readonly number[]): number =>
  numbers.reduce((sum, value) => sum + value, 0) / numbers.length;

const referenceDoubling = (picture: readonly number[]): number[] => {
  const [channels, rows, columns]: Size = [3, height * 2, width * 2];
  return Array.from({ length: channels * rows * columns }, (_, index) => {
    const [x, y] = [(index % columns) / 2, (Math.floor(index / columns) % rows) / 2];
    const plane = Math.floor(index / (columns * rows)) * height * width;
    const at = (row: number, column: number): number =>
      picture[plane + Math.min(row, height - 1) * width + Math.min(column, width - 1)] ?? 0;
    const [top, left] = [Math.floor(y), Math.floor(x)];
    const [down, across] = [y - top, x - left];
    const above = at(top, left) * (1 - across) + at(top, left + 1) * across;
    const below = at(top + 1, left) * (1 - across) + at(top + 1, left + 1) * across;
    return above * (1 - down) + below * down;
  });
};
