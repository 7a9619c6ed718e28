import { inputOf, scalarOf } from './conversion.ts';
import type { GraphNode, TfjsGraph } from './tfjs-graph.ts';

/** 1/6 stored as a half-precision number is 0.16662598. */
const isSixth = (value: number | undefined): boolean => value !== undefined && Math.abs(value - 1 / 6) < 5e-5;

/**
 * MobileNetV3's x · relu6(x + 3) / 6 (Howard et al., 2019), which the graph spells out in four nodes.
 * Returns the name of x when `node` is the last of them.
 */
export const matchHardSwish = (node: GraphNode, graph: TfjsGraph): string | undefined => {
  if (node.op !== 'Mul') return undefined;
  for (const [scaled, clipped] of inBothOrders(node)) {
    const x = matchScaled(graph.nodes.get(scaled), graph);
    if (x !== undefined && x === matchShiftedRelu6(graph.nodes.get(clipped), graph)) return x;
  }
  return undefined;
};

/** Its gate alone: relu6(x + 3) / 6. Returns the name of x. */
export const matchHardSigmoid = (node: GraphNode, graph: TfjsGraph): string | undefined => {
  const clipped = matchScaled(node, graph);
  return clipped === undefined ? undefined : matchShiftedRelu6(graph.nodes.get(clipped), graph);
};

/** `x / 6` → x. */
const matchScaled = (node: GraphNode | undefined, graph: TfjsGraph): string | undefined => {
  if (node?.op !== 'Mul') return undefined;
  return inBothOrders(node).find(([factor]) => isSixth(scalarOf(factor, graph)))?.[1];
};

/** `relu6(x + 3)` → x. */
const matchShiftedRelu6 = (node: GraphNode | undefined, graph: TfjsGraph): string | undefined => {
  if (node?.op !== 'Relu6') return undefined;
  const sum = graph.nodes.get(inputOf(node, 0));
  if (sum?.op !== 'Add') return undefined;
  return inBothOrders(sum).find(([term]) => scalarOf(term, graph) === 3)?.[1];
};

const inBothOrders = (node: GraphNode): [string, string][] => {
  const [left, right] = [inputOf(node, 0), inputOf(node, 1)];
  return [
    [left, right],
    [right, left],
  ];
};
