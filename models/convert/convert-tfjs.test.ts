import onnxProto from 'onnx-proto';
import { describe, expect, it } from 'vitest';
import { convolutionAttributes, tfjsFiles } from '../../test/fixtures/tfjs-graph.ts';
import { type ConversionPlan, convertTfjs } from './convert-tfjs.ts';

type Files = ReturnType<typeof tfjsFiles>;

const plan = (node: string, channels?: number[]): ConversionPlan => ({
  input: { node: 'picture', name: 'images', width: 8, height: 8 },
  outputs: [{ node, name: 'answer', ...(channels ? { channels } : {}) }],
});

const convert = ({ json, bytes }: Files, toConvert: ConversionPlan) => convertTfjs(json, bytes, toConvert);

const graphOf = (bytes: Uint8Array) => {
  const { graph } = onnxProto.onnx.ModelProto.decode(bytes);
  const nodes = graph?.node ?? [];
  return {
    types: nodes.map(({ opType }) => opType),
    last: nodes.at(-1),
    constants: graph?.initializer ?? [],
  };
};

const third = { name: 'third', shape: [], values: [3] };
const sixth = { name: 'sixth', shape: [], values: [0.1666259765625] };
const gate = [
  { name: 'sum', op: 'Add', input: ['picture', 'third'] },
  { name: 'clipped', op: 'Relu6', input: ['sum'] },
];

describe('convertTfjs', () => {
  it('gives the same bytes for the same graph', () => {
    const files = tfjsFiles([...gate], [third]);

    expect(convert(files, plan('clipped'))).toEqual(convert(files, plan('clipped')));
  });

  it('writes only what the output needs, under the name it is to have', () => {
    const files = tfjsFiles([...gate, { name: 'other', op: 'NonMaxSuppressionV5', input: ['sum'] }], [third]);

    const { types, last } = graphOf(convert(files, plan('clipped')));

    expect(types).toEqual(['Add', 'Clip']);
    expect(last?.output).toEqual(['answer']);
  });

  it('refuses an operation it does not know, naming it and the node', () => {
    const files = tfjsFiles([{ name: 'spoken', op: 'Erf', input: ['picture'] }], []);

    expect(() => convert(files, plan('spoken'))).toThrow(
      "node 'spoken' (Erf): this operation is not supported",
    );
  });

  it.each([
    ['the dilation 2', convolutionAttributes(1, 'SAME', [], 2), /dilation 2×2/],
    ['a fused step', convolutionAttributes(1, 'SAME', ['BiasAdd', 'Elu']), /fused step BiasAdd \+ Elu/],
  ])('refuses a convolution with %s', (_, attr, message) => {
    const node = { name: 'c', op: '_FusedConv2D', input: ['picture', 'w', 'b'], attr };
    const weights = [
      { name: 'w', shape: [1, 1, 3, 1], values: [1, 1, 1] },
      { name: 'b', shape: [1], values: [0] },
    ];

    expect(() => convert(tfjsFiles([node], weights), plan('c'))).toThrow(message);
  });

  it('refuses weights that are cut short', () => {
    const { json, bytes } = tfjsFiles([...gate], [third]);

    expect(() => convertTfjs(json, bytes.subarray(0, 3), plan('clipped'))).toThrow(/has 3 bytes/);
  });

  it('refuses a graph that runs in a circle', () => {
    const circle = [
      { name: 'a', op: 'Relu', input: ['b'] },
      { name: 'b', op: 'Relu', input: ['a'] },
    ];

    expect(() => convert(tfjsFiles(circle, []), plan('a'))).toThrow(/a loop/);
  });

  it.each([
    [
      'HardSwish',
      [
        { name: 'scaled', op: 'Mul', input: ['sixth', 'picture'] },
        { name: 'y', op: 'Mul', input: ['clipped', 'scaled'] },
      ],
    ],
    ['HardSigmoid', [{ name: 'y', op: 'Mul', input: ['clipped', 'sixth'] }]],
  ])('writes what the graph spells out as one %s', (type, nodes) => {
    const files = tfjsFiles([...gate, ...nodes], [third, sixth]);

    expect(graphOf(convert(files, plan('y'))).types).toEqual([type]);
  });

  it('leaves a product alone that only looks like a hard swish', () => {
    const half = { name: 'sixth', shape: [], values: [0.5] };
    const files = tfjsFiles([...gate, { name: 'y', op: 'Mul', input: ['clipped', 'sixth'] }], [third, half]);

    expect(graphOf(convert(files, plan('y'))).types).toEqual(['Add', 'Clip', 'Mul']);
  });

  it('drops the filters and biases of channels that are not kept', () => {
    const attr = convolutionAttributes(1, 'SAME', ['BiasAdd']);
    const nodes = [
      { name: 'c', op: '_FusedConv2D', input: ['picture', 'w', 'b'], attr },
      { name: 'y', op: 'Sigmoid', input: ['c'] },
    ];
    const weights = [
      { name: 'w', shape: [1, 1, 3, 3], values: [1, 2, 3, 4, 5, 6, 7, 8, 9] },
      { name: 'b', shape: [3], values: [10, 20, 30] },
    ];

    const { constants } = graphOf(convert(tfjsFiles(nodes, weights), plan('y', [2, 0])));

    const numbers = constants.map(({ rawData }) => [
      ...new Float32Array(new Uint8Array(rawData ?? []).buffer),
    ]);
    expect(numbers).toEqual([
      [3, 6, 9, 1, 4, 7],
      [30, 10],
    ]);
  });
});
