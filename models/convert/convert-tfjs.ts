import { modelError } from '../errors.ts';
import { addition, elementwise, multiplication, relu6 } from './arithmetic.ts';
import { type Conversion, inputOf, type Operator, type Tensor, unsupported } from './conversion.ts';
import { convolution, depthwiseConvolution } from './convolution.ts';
import { keepChannels } from './keep-channels.ts';
import { type NamedShape, OnnxWriter } from './onnx-writer.ts';
import { concatenation, globalMean, resizeBilinear } from './rearrangement.ts';
import { parseTfjsGraph, type TfjsGraph } from './tfjs-graph.ts';

/** What to take out of a graph: one picture in, some tensors out, each under the name it gets in the ONNX file. */
export interface ConversionPlan {
  input: { node: string; name: string; width: number; height: number };
  /** `channels`: the ones to keep, in this order; all when absent. */
  outputs: readonly { node: string; name: string; channels?: readonly number[] }[];
}

const operators: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ['Identity', (node, { tensor }) => tensor(inputOf(node, 0))],
  ['Conv2D', convolution],
  ['_FusedConv2D', convolution],
  ['DepthwiseConv2dNative', depthwiseConvolution],
  ['FusedDepthwiseConv2dNative', depthwiseConvolution],
  ['Add', addition],
  ['Mul', multiplication],
  ['Relu', elementwise('Relu')],
  ['Relu6', relu6],
  ['Sigmoid', elementwise('Sigmoid')],
  ['Mean', globalMean],
  ['ResizeBilinear', resizeBilinear],
  ['ConcatV2', concatenation],
]);

/**
 * Converts a TensorFlow.js graph model of a convolutional network into an ONNX model of float32 tensors.
 *
 * The graph computes in NHWC, ONNX Runtime's convolutions in NCHW. Every tensor of such a network is a picture, so
 * nothing is transposed at run time: filters are rearranged here, and axes are renumbered. Only what the outputs
 * need is converted. The bytes depend on nothing but the arguments. Throws `model-conversion-unsupported` naming
 * the node and operation that this converter does not know.
 */
export const convertTfjs = (json: string, weightBytes: Uint8Array, plan: ConversionPlan): Uint8Array => {
  const graph = plan.outputs.reduce(
    (whole, { node, channels }) => (channels ? keepChannels(whole, node, channels) : whole),
    parseTfjsGraph(json, weightBytes),
  );
  const writer = new OnnxWriter();
  const input: NamedShape = { name: plan.input.name, shape: [1, 3, plan.input.height, plan.input.width] };
  const conversion = createConversion(graph, writer, plan);
  const outputs = plan.outputs.map(({ node, name }): NamedShape => {
    const tensor = conversion.tensor(node);
    writer.rename(tensor.name, name);
    return { name, shape: tensor.shape };
  });
  return writer.encode(input, outputs);
};

const createConversion = (graph: TfjsGraph, writer: OnnxWriter, { input }: ConversionPlan): Conversion => {
  const written = new Map<string, Tensor>([
    [input.node, { name: input.name, shape: [1, 3, input.height, input.width] }],
  ]);
  const open = new Set<string>();
  const conversion: Conversion = {
    graph,
    writer,
    tensor: (name) => {
      const known = written.get(name);
      if (known) return known;
      const node = graph.nodes.get(name);
      if (!node) throw modelError('model-conversion-unsupported', `the graph has no node '${name}'`);
      const operator = operators.get(node.op);
      if (!operator) throw unsupported(node, 'this operation');
      if (open.has(name)) throw unsupported(node, 'a loop');
      open.add(name);
      const tensor = operator(node, conversion);
      written.set(name, tensor);
      return tensor;
    },
  };
  return conversion;
};
