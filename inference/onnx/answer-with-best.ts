import onnxProto, { type onnx as Onnx } from 'onnx-proto';
import type { Label } from '../../core/schema/label.ts';
import type { ModelCard } from '../../core/schema/model-card.ts';
import { bestValues, boxValues } from '../decode/yolox.ts';
import { float32, GraphView, int64, integersOf, wholeOf } from './graph-view.ts';

const { onnx } = onnxProto;
const { INT, INTS } = onnx.AttributeProto.AttributeType;

/** Operator sets in which slices are told by inputs (since 10) and the axes of a maximum by an attribute (until 17). */
const [firstOpset, lastOpset] = [10, 17];
const channelAxis = 1;

/** Where the answer of one stride is made: a score for each class, and what puts it behind box and objectness. */
interface Head {
  convolution: Onnx.INodeProto;
  sigmoid: Onnx.INodeProto;
  concat: Onnx.INodeProto;
  reshape: Onnx.INodeProto;
}

type Labels = readonly (Label | null)[];

const findHead = (view: GraphView, name: string, classes: number): Head | undefined => {
  const reshape = view.nodeOf(name, 'Reshape');
  const concat = view.nodeOf(reshape?.input?.[0], 'Concat');
  const sigmoid = view.nodeOf(concat?.input?.[2], 'Sigmoid');
  const convolution = view.nodeOf(sigmoid?.input?.[0], 'Conv');
  if (!reshape || !concat || !sigmoid || !convolution) return undefined;
  const isOfRows = view.integers(reshape.input?.[1]).join() === [1, boxValues + classes, -1].join();
  const isJoined = concat.input?.length === 3 && integersOf(concat, 'axis').join() === `${channelAxis}`;
  const isConstant = (convolution.input ?? []).slice(1).every((parameter) => {
    const { dataType, dims, rawData } = view.constant(parameter) ?? {};
    return dataType === float32 && wholeOf(dims?.[0]) === classes && rawData?.length;
  });
  return isOfRows && isJoined && isConstant ? { convolution, sigmoid, concat, reshape } : undefined;
};

/** Those of all strides, when the answer is put together of them as YOLOX does. */
const findHeads = (view: GraphView, output: string, classes: number): Head[] => {
  const transpose = view.nodeOf(output, 'Transpose');
  const concat = view.nodeOf(transpose?.input?.[0], 'Concat');
  const names = concat?.input ?? [];
  const heads = names.flatMap((name) => findHead(view, name, classes) ?? []);
  return heads.length === names.length ? heads : [];
};

/** A tensor's parts of its first axis in another order. */
const reorder = (tensor: Onnx.ITensorProto, order: readonly number[], name: string): Onnx.TensorProto => {
  const bytes = Buffer.from(tensor.rawData ?? []);
  const each = bytes.length / order.length;
  const rawData = Buffer.concat(order.map((at) => bytes.subarray(at * each, (at + 1) * each)));
  return onnx.TensorProto.create({ ...tensor, name, rawData });
};

const integersTensor = (name: string, values: readonly number[]): Onnx.TensorProto =>
  onnx.TensorProto.create({
    ...{ name, dataType: int64, dims: [values.length] },
    rawData: new Uint8Array(BigInt64Array.from(values.map(BigInt)).buffer),
  });

/** Names of constants that all heads share. */
const startOfAll = 'unreported-start';
const startOfOthers = 'unreported-others';
const endOfAll = 'unreported-end';
const axis = 'unreported-axis';
const shape = 'best-shape';

/** The highest of a cell's channels, or the number of the channel that has it. */
const highest = (opType: 'ReduceMax' | 'ArgMax', of: string, output: string): Onnx.NodeProto =>
  onnx.NodeProto.create({
    ...{ opType, input: [of], output: [output] },
    attribute: [
      opType === 'ReduceMax'
        ? { name: 'axes', type: INTS, ints: [channelAxis] }
        : { name: 'axis', type: INT, i: channelAxis },
      { name: 'keepdims', type: INT, i: 1 },
    ],
  });

interface Step {
  nodes: Onnx.NodeProto[];
  output: string;
}

/** Scores of reported classes and, behind them, the highest of all others, before the sigmoid, which keeps their order. */
const joinScores = (scores: string): Step => {
  const slice = (start: string, end: string, output: string) =>
    onnx.NodeProto.create({ opType: 'Slice', input: [scores, start, end, axis], output: [output] });
  const [reported, others] = [`${scores}-reported`, `${scores}-others`];
  const [highestOther, output] = [`${scores}-highest-other`, `${scores}-joined`];
  const nodes = [
    slice(startOfAll, startOfOthers, reported),
    slice(startOfOthers, endOfAll, others),
    highest('ReduceMax', others, highestOther),
    onnx.NodeProto.create({
      ...{ opType: 'Concat', input: [reported, highestOther], output: [output] },
      attribute: [{ name: 'axis', type: INT, i: channelAxis }],
    }),
  ];
  return { nodes, output };
};

/** The number of the class that has the highest score, as a float32 beside the others. */
const numberOfBest = (scores: string): Step => {
  const [whole, output] = [`${scores}-best-whole`, `${scores}-best-number`];
  const nodes = [
    highest('ArgMax', scores, whole),
    onnx.NodeProto.create({
      ...{ opType: 'Cast', input: [whole], output: [output] },
      attribute: [{ name: 'to', type: INT, i: float32 }],
    }),
  ];
  return { nodes, output };
};

/** Reported classes first, each part in its order. */
const orderOf = (labels: Labels): { order: number[]; reported: (Label | null)[] } => {
  const all = labels.map((label, at) => ({ label, at }));
  const reported = all.filter(({ label }) => label !== null);
  const others = all.filter(({ label }) => label === null);
  return {
    order: [...reported, ...others].map(({ at }) => at),
    reported: reported.map(({ label }) => label),
  };
};

/**
 * A cell of YOLOX's answer has a score for each of its classes, and only the best of them is ever read. The graph answers with
 * that one alone, its score and its number, as `yolox-best` reads it: 2,730 cells of 7 numbers instead of 85 with the classes
 * of COCO. That keeps the answer, of which ONNX Runtime's binding makes a copy each run, below the size from which on
 * glibc asks the system for pages (decision 9). Classes that are never reported are looked at as one, the highest of
 * them, for their numbers do not matter. The same boxes are found with the same scores. Gives the card of the answer as it is
 * now, whose tensor's shape is left to the caller; a graph that ends otherwise stays as it is, and so does its card.
 */
export const answerWithBest = (graph: Onnx.IGraphProto, opset: number, card: ModelCard): ModelCard => {
  const { labels, output } = card;
  const { order, reported } = orderOf(labels);
  const view = new GraphView(graph);
  const heads = findHeads(view, output.tensors[0]?.name ?? '', labels.length);
  const isKnown = opset >= firstOpset && opset <= lastOpset;
  if (!isKnown || heads.length === 0 || labels.length - reported.length < 2) return card;
  const added = [
    integersTensor(startOfAll, [0]),
    integersTensor(startOfOthers, [reported.length]),
    integersTensor(endOfAll, [labels.length]),
    integersTensor(axis, [channelAxis]),
    integersTensor(shape, [1, bestValues, -1]),
  ];
  for (const { convolution, sigmoid, concat, reshape } of heads) {
    const [features = '', ...parameters] = convolution.input ?? [];
    const reordered = parameters.map((name) =>
      reorder(view.constant(name) ?? {}, order, `${name}-reordered`),
    );
    added.push(...reordered);
    convolution.input = [features, ...reordered.map(({ name }) => name)];
    const joined = joinScores(sigmoid.input?.[0] ?? '');
    const best = `${joined.output}-best`;
    const number = numberOfBest(joined.output);
    const nodes = [...joined.nodes, highest('ReduceMax', joined.output, best), ...number.nodes];
    graph.node?.splice(graph.node.indexOf(sigmoid), 0, ...nodes);
    sigmoid.input = [best];
    concat.input = [...(concat.input ?? []), number.output];
    reshape.input = [reshape.input?.[0] ?? '', shape];
  }
  graph.initializer = [...(graph.initializer ?? []), ...added];
  return { ...card, labels: [...reported, null], output: { ...output, decoder: 'yolox-best' } };
};
