import { modelError } from '../errors.ts';
import type { OnnxWriter } from './onnx-writer.ts';
import type { GraphNode, TfjsGraph, Weight } from './tfjs-graph.ts';

/** A picture-like tensor of the ONNX graph, always batch, channels, height, width. */
export interface Tensor {
  name: string;
  shape: Shape;
}
export type Shape = readonly [number, number, number, number];

/** What an operator needs to write one node. */
export interface Conversion {
  graph: TfjsGraph;
  writer: OnnxWriter;
  /** The ONNX tensor of a node, written now when it was not yet. */
  tensor(name: string): Tensor;
}

export type Operator = (node: GraphNode, conversion: Conversion) => Tensor;

export const unsupported = (node: GraphNode, what: string) =>
  modelError('model-conversion-unsupported', `node '${node.name}' (${node.op}): ${what} is not supported`, {
    node: node.name,
    op: node.op,
  });

/** The name of the node's input at `index`. */
export const inputOf = (node: GraphNode, index: number): string => {
  const name = node.inputs[index];
  if (name === undefined) throw unsupported(node, `a node with fewer than ${index + 1} inputs`);
  return name;
};

/** The constant that an input must be. */
export const weightOf = (node: GraphNode, index: number, { graph }: Conversion): Weight => {
  const weight = graph.weights.get(inputOf(node, index));
  if (!weight) throw unsupported(node, `input ${index} that is not a constant`);
  return weight;
};

/** The value of a constant with one element, or undefined for anything else. */
export const scalarOf = (name: string, graph: TfjsGraph): number | undefined => {
  const weight = graph.weights.get(name);
  return weight?.data.length === 1 ? weight.data[0] : undefined;
};

export const stringOf = (node: GraphNode, attribute: string): string | undefined => {
  const encoded = node.attributes.get(attribute)?.s;
  return encoded === undefined ? undefined : decodeText(encoded);
};

export const stringsOf = (node: GraphNode, attribute: string): string[] =>
  (node.attributes.get(attribute)?.list?.s ?? []).map(decodeText);

export const integersOf = (node: GraphNode, attribute: string): number[] =>
  (node.attributes.get(attribute)?.list?.i ?? []).map(Number);

const decodeText = (encoded: string): string => Buffer.from(encoded, 'base64').toString('utf8');

/** Everything here is written for NHWC graphs; a graph that says otherwise would come out wrong. */
export const requireNhwc = (node: GraphNode): void => {
  const format = stringOf(node, 'data_format') ?? 'NHWC';
  if (format !== 'NHWC') throw unsupported(node, `the data format ${format}`);
};
