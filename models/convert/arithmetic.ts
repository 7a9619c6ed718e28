import {
  type Conversion,
  inputOf,
  type Operator,
  type Shape,
  scalarOf,
  type Tensor,
  unsupported,
} from './conversion.ts';
import { matchHardSigmoid, matchHardSwish } from './hard-swish.ts';
import type { GraphNode } from './tfjs-graph.ts';

/** A function of each number by itself that ONNX has under `opType`. */
export const elementwise =
  (opType: string): Operator =>
  (node, conversion) => {
    const { name, shape } = conversion.tensor(inputOf(node, 0));
    return { name: conversion.writer.add(opType, node.name, [name]), shape };
  };

export const relu6: Operator = (node, { tensor, writer }) => {
  const { name, shape } = tensor(inputOf(node, 0));
  const low = writer.constant(`${node.name}/low`, [], Float32Array.of(0));
  const high = writer.constant(`${node.name}/high`, [], Float32Array.of(6));
  return { name: writer.add('Clip', node.name, [name, low, high]), shape };
};

export const addition: Operator = (node, conversion) => writeBinary('Add', node, conversion);

export const multiplication: Operator = (node, conversion) => {
  const { graph, tensor, writer } = conversion;
  const swished = matchHardSwish(node, graph);
  if (swished !== undefined) {
    const { name, shape } = tensor(swished);
    return { name: writer.add('HardSwish', node.name, [name]), shape };
  }
  const squashed = matchHardSigmoid(node, graph);
  if (squashed !== undefined) {
    const { name, shape } = tensor(squashed);
    const attributes = { alpha: { float: 1 / 6 }, beta: { float: 0.5 } };
    return { name: writer.add('HardSigmoid', node.name, [name], attributes), shape };
  }
  return writeBinary('Mul', node, conversion);
};

const writeBinary = (opType: string, node: GraphNode, conversion: Conversion): Tensor => {
  const left = operand(node, 0, conversion);
  const right = operand(node, 1, conversion);
  const shape = broadcast(node, left.shape, right.shape);
  return { name: conversion.writer.add(opType, node.name, [left.name, right.name]), shape };
};

const operand = (node: GraphNode, index: number, { graph, tensor, writer }: Conversion): Tensor => {
  const input = inputOf(node, index);
  if (!graph.weights.has(input)) return tensor(input);
  const scalar = scalarOf(input, graph);
  if (scalar === undefined) throw unsupported(node, 'a constant with more than one number');
  const name = writer.constant(`${node.name}/constant`, [], Float32Array.of(scalar));
  return { name, shape: [1, 1, 1, 1] };
};

const broadcast = (node: GraphNode, left: Shape, right: Shape): Shape => {
  const side = (axis: 0 | 1 | 2 | 3): number => {
    const [a, b] = [left[axis], right[axis]];
    if (a !== b && a !== 1 && b !== 1)
      throw unsupported(node, `joining [${left.join(', ')}] with [${right.join(', ')}]`);
    return Math.max(a, b);
  };
  return [side(0), side(1), side(2), side(3)];
};
