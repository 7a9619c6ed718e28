import onnxProto, { type onnx as Onnx } from 'onnx-proto';
import type { ModelCard } from '../../core/schema/model-card.ts';
import { bestValues, boxValues } from '../decode/yolox.ts';
import { float32, GraphView, int64, integersOf } from './graph-view.ts';

const { onnx } = onnxProto;
const { INT, INTS } = onnx.AttributeProto.AttributeType;

/** Operator sets in which a cast is told its type as a number (since 6) and a maximum its axes by an attribute (until 17). */
const [firstOpset, lastOpset] = [6, 17];
const channelAxis = 1;

/** Where the answer of one stride is made: a score for each class, and what puts it behind box and objectness. */
interface Head {
  sigmoid: Onnx.INodeProto;
  concat: Onnx.INodeProto;
  reshape: Onnx.INodeProto;
}

const findHead = (view: GraphView, name: string, classes: number): Head | undefined => {
  const reshape = view.nodeOf(name, 'Reshape');
  const concat = view.nodeOf(reshape?.input?.[0], 'Concat');
  const sigmoid = view.nodeOf(concat?.input?.[2], 'Sigmoid');
  if (!reshape || !concat || !sigmoid) return undefined;
  const isOfRows = view.integers(reshape.input?.[1]).join() === [1, boxValues + classes, -1].join();
  const isJoined = concat.input?.length === 3 && integersOf(concat, 'axis').join() === `${channelAxis}`;
  return isOfRows && isJoined ? { sigmoid, concat, reshape } : undefined;
};

/** Those of all strides, when the answer is put together of them as YOLOX does. */
const findHeads = (view: GraphView, output: string, classes: number): Head[] => {
  const transpose = view.nodeOf(output, 'Transpose');
  const concat = view.nodeOf(transpose?.input?.[0], 'Concat');
  const names = concat?.input ?? [];
  const heads = names.flatMap((name) => findHead(view, name, classes) ?? []);
  return heads.length === names.length ? heads : [];
};

/** The name of the constant that all heads share. */
const shape = 'best-shape';

const shapeTensor = (): Onnx.TensorProto =>
  onnx.TensorProto.create({
    ...{ name: shape, dataType: int64, dims: [3] },
    rawData: new Uint8Array(BigInt64Array.of(1n, BigInt(bestValues), -1n).buffer),
  });

/** The best class's score before the sigmoid, which keeps their order, and its number as a float32 beside it. */
const bestOf = (scores: string) => {
  const [score, whole, number] = [`${scores}-best`, `${scores}-best-whole`, `${scores}-best-number`];
  const keepsAxis = { name: 'keepdims', type: INT, i: 1 };
  const nodes = [
    onnx.NodeProto.create({
      ...{ opType: 'ReduceMax', input: [scores], output: [score] },
      attribute: [{ name: 'axes', type: INTS, ints: [channelAxis] }, keepsAxis],
    }),
    onnx.NodeProto.create({
      ...{ opType: 'ArgMax', input: [scores], output: [whole] },
      attribute: [{ name: 'axis', type: INT, i: channelAxis }, keepsAxis],
    }),
    onnx.NodeProto.create({
      ...{ opType: 'Cast', input: [whole], output: [number] },
      attribute: [{ name: 'to', type: INT, i: float32 }],
    }),
  ];
  return { nodes, score, number };
};

/**
 * A cell of YOLOX's answer has a score for each of its classes, and only the best of them is ever read. The graph answers with
 * that one alone, its score and its number, as `yolox-best` reads it: 2,730 cells of 7 numbers instead of 85 with the classes
 * of COCO. That makes a run shorter and keeps the answer, of which ONNX Runtime's binding makes a copy each run, below the size from
 * which on glibc asks the system for pages (decision 9). The same boxes are found with the same scores. Gives the card of the answer
 * as it is now, whose tensor's shape is left to the caller; a graph that ends otherwise stays as it is, and so does its card.
 */
export const answerWithBest = (graph: Onnx.IGraphProto, opset: number, card: ModelCard): ModelCard => {
  const { labels, output } = card;
  const view = new GraphView(graph);
  const heads = findHeads(view, output.tensors[0]?.name ?? '', labels.length);
  const isKnown = opset >= firstOpset && opset <= lastOpset;
  if (!isKnown || heads.length === 0) return card;
  for (const { sigmoid, concat, reshape } of heads) {
    const best = bestOf(sigmoid.input?.[0] ?? '');
    graph.node?.splice(graph.node.indexOf(sigmoid), 0, ...best.nodes);
    sigmoid.input = [best.score];
    concat.input = [...(concat.input ?? []), best.number];
    reshape.input = [reshape.input?.[0] ?? '', shape];
  }
  graph.initializer = [...(graph.initializer ?? []), shapeTensor()];
  return { ...card, output: { ...output, decoder: 'yolox-best' } };
};
