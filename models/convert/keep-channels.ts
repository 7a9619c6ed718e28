import { inputOf, unsupported } from './conversion.ts';
import type { GraphNode, TfjsGraph, Weight } from './tfjs-graph.ts';

/** Operations that treat every channel by itself, so that dropping some before or after them is the same. */
const channelwise = new Set(['Identity', 'Sigmoid', 'Relu', 'Relu6']);

/**
 * The graph with only some of an output's channels, in the order given: the convolution that makes them loses the
 * filters of the others. A class that may not be reported is then not computed at all.
 */
export const keepChannels = (graph: TfjsGraph, output: string, channels: readonly number[]): TfjsGraph => {
  const convolution = makerOf(graph, output);
  const kept = [inputOf(convolution, 1), inputOf(convolution, 2)].map((name): [string, Weight] => {
    const weight = graph.weights.get(name);
    if (!weight) throw unsupported(convolution, 'dropping channels of filters that are not constant');
    return [name, takeLast(convolution, weight, channels)];
  });
  return { ...graph, weights: new Map([...graph.weights, ...kept]) };
};

const makerOf = (graph: TfjsGraph, output: string): GraphNode => {
  let node = graph.nodes.get(output);
  while (node && channelwise.has(node.op)) node = graph.nodes.get(inputOf(node, 0));
  if (node?.op === '_FusedConv2D') return node;
  throw unsupported(
    node ?? { name: output, op: 'none', inputs: [], attributes: new Map() },
    'dropping channels',
  );
};

/** Takes the given indexes of the last axis. */
const takeLast = (node: GraphNode, { data, shape }: Weight, indexes: readonly number[]): Weight => {
  const size = shape.at(-1) ?? 0;
  if (indexes.some((index) => index >= size)) throw unsupported(node, `keeping a channel beyond ${size - 1}`);
  const rows = data.length / size;
  const taken = new Float32Array(rows * indexes.length);
  for (let row = 0; row < rows; row++) {
    for (const [position, index] of indexes.entries())
      taken[row * indexes.length + position] = data[row * size + index] ?? 0;
  }
  return { data: taken, shape: [...shape.slice(0, -1), indexes.length] };
};
