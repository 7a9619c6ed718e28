import {
  type Conversion,
  inputOf,
  integersOf,
  type Operator,
  requireNhwc,
  type Shape,
  stringOf,
  stringsOf,
  type Tensor,
  unsupported,
  weightOf,
} from './conversion.ts';
import type { GraphNode, Weight } from './tfjs-graph.ts';

/** Filters as ONNX wants them: `[out, in / group, height, width]`. */
interface Filters {
  data: Float32Array;
  dims: Shape;
  group: number;
}

/** `Conv2D` and `_FusedConv2D`: filters are `[height, width, in, out]`. */
export const convolution: Operator = (node, conversion) =>
  writeConvolution(node, conversion, (weight) => {
    const [height, width, inputs, outputs] = dimensionsOf(node, weight);
    const data = permute(weight, (area, input, output) => (output * inputs + input) * height * width + area);
    return { data, dims: [outputs, inputs, height, width], group: 1 };
  });

/** Depthwise: filters are `[height, width, in, multiplier]`; output channel = in · multiplier + m. */
export const depthwiseConvolution: Operator = (node, conversion) =>
  writeConvolution(node, conversion, (weight) => {
    const [height, width, inputs, multiplier] = dimensionsOf(node, weight);
    const data = permute(weight, (area, input, m) => (input * multiplier + m) * height * width + area);
    return { data, dims: [inputs * multiplier, 1, height, width], group: inputs };
  });

const writeConvolution = (
  node: GraphNode,
  conversion: Conversion,
  toFilters: (weight: Weight) => Filters,
): Tensor => {
  requireNhwc(node);
  const { writer } = conversion;
  const input = conversion.tensor(inputOf(node, 0));
  const { data, dims, group } = toFilters(weightOf(node, 1, conversion));
  const [outputs, , height, width] = dims;
  const strides = spatial(node, 'strides');
  const dilations = spatial(node, 'dilations');
  if (dilations.some((dilation) => dilation !== 1))
    throw unsupported(node, `dilation ${dilations.join('×')}`);
  const [top, bottom] = padding(node, input.shape[2], height, strides[0]);
  const [left, right] = padding(node, input.shape[3], width, strides[1]);
  const steps = stringsOf(node, 'fused_ops');

  const inputs = [input.name, writer.constant(`${node.name}/filters`, dims, data)];
  if (steps.includes('BiasAdd')) inputs.push(writeBias(node, conversion, outputs));
  const hasRelu = endsInRelu(node, steps);
  const name = writer.add('Conv', hasRelu ? `${node.name}/convolution` : node.name, inputs, {
    kernel_shape: [height, width],
    strides,
    pads: [top, left, bottom, right],
    group,
  });
  const shape: Shape = [
    1,
    outputs,
    Math.floor((input.shape[2] + top + bottom - height) / strides[0]) + 1,
    Math.floor((input.shape[3] + left + right - width) / strides[1]) + 1,
  ];
  return { name: hasRelu ? writer.add('Relu', node.name, [name]) : name, shape };
};

const writeBias = (node: GraphNode, conversion: Conversion, outputs: number): string => {
  const { data } = weightOf(node, 2, conversion);
  if (data.length !== outputs) throw unsupported(node, `a bias of ${data.length} for ${outputs} channels`);
  return conversion.writer.constant(`${node.name}/bias`, [outputs], Float32Array.from(data));
};

const endsInRelu = (node: GraphNode, steps: readonly string[]): boolean => {
  const [last, ...others] = steps.filter((step) => step !== 'BiasAdd');
  if (others.length > 0 || (last !== undefined && last !== 'Relu'))
    throw unsupported(node, `the fused step ${steps.join(' + ')}`);
  return last === 'Relu';
};

const dimensionsOf = (node: GraphNode, { shape }: Weight): Shape => {
  const [height, width, inputs, outputs, ...rest] = shape;
  if (
    height === undefined ||
    width === undefined ||
    inputs === undefined ||
    outputs === undefined ||
    rest.length
  )
    throw unsupported(node, `a filter of shape [${shape.join(', ')}]`);
  return [height, width, inputs, outputs];
};

/** Moves every number of `[area, in, out]` filters to where `target` says. */
const permute = (
  { data, shape }: Weight,
  target: (area: number, input: number, output: number) => number,
): Float32Array => {
  const [, , inputs = 1, outputs = 1] = shape;
  const moved = new Float32Array(data.length);
  for (const [index, value] of data.entries()) {
    const output = index % outputs;
    const input = Math.floor(index / outputs) % inputs;
    moved[target(Math.floor(index / (outputs * inputs)), input, output)] = value;
  }
  return moved;
};

const spatial = (node: GraphNode, attribute: string): [number, number] => {
  const [batch = 1, height = 1, width = 1, channels = 1] = integersOf(node, attribute);
  if (batch !== 1 || channels !== 1) throw unsupported(node, `${attribute} over batch or channels`);
  return [height, width];
};

/** TensorFlow's SAME: the output is ceil(input / stride), and an odd pixel of padding goes to the far side. */
const padding = (node: GraphNode, size: number, kernel: number, stride: number): [number, number] => {
  const kind = stringOf(node, 'padding');
  if (kind === 'VALID') return [0, 0];
  if (kind !== 'SAME') throw unsupported(node, `the padding ${kind}`);
  const total = Math.max((Math.ceil(size / stride) - 1) * stride + kernel - size, 0);
  return [Math.floor(total / 2), Math.ceil(total / 2)];
};
