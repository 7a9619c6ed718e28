import onnxProto, { type onnx as Onnx } from 'onnx-proto';
import { float32, GraphView, integersOf, wholeOf } from './graph-view.ts';

const { onnx } = onnxProto;

const colours = 3;
/** The quarter pictures: every second pixel of every second row, begun at each corner of two by two. */
const quarters = 4;
/** Of the convolution behind them, and of the one over the picture itself that takes their place. */
const kernel = 3;
const mergedKernel = 2 * kernel;
/** A slice to the picture's end is written with a number that no picture reaches. */
const beyondAnyPicture = 2 ** 31 - 1;

/** Where a quarter picture begins, 0 or 1 each way. */
interface Corner {
  row: number;
  column: number;
}

const isAll = (values: readonly number[], value: number): boolean => values.every((each) => each === value);

/** Of two slices one behind the other, by rows and by columns in steps of two; nothing for anything else. */
const cornerOf = (view: GraphView, quarter: string, picture: string): Corner | undefined => {
  const starts = new Map<number, number>();
  let name: string | undefined = quarter;
  for (const _ of ['rows', 'columns']) {
    const slice = view.nodeOf(name, 'Slice');
    const [from, start, end, axis, step] = slice?.input ?? [];
    if (view.integer(step) !== 2 || (view.integer(end) ?? 0) < beyondAnyPicture) return undefined;
    starts.set(view.integer(axis) ?? -1, view.integer(start) ?? -1);
    name = from;
  }
  const [row, column] = [starts.get(2), starts.get(3)];
  const isCorner = name === picture && (row === 0 || row === 1) && (column === 0 || column === 1);
  return isCorner ? { row, column } : undefined;
};

/** The weights over the picture: each of a quarter's goes to where that quarter has its pixels. */
const mergeWeights = (
  weights: Onnx.ITensorProto,
  corners: readonly Corner[],
  name: string,
): Onnx.TensorProto => {
  const outputs = wholeOf(weights.dims?.[0]);
  const from = Buffer.from(weights.rawData ?? []);
  const into = Buffer.alloc(from.length);
  let at = 0;
  for (let output = 0; output < outputs; output++)
    for (const corner of corners)
      for (let colour = 0; colour < colours; colour++)
        for (let row = 0; row < kernel; row++)
          for (let column = 0; column < kernel; column++) {
            const mergedRow = (output * colours + colour) * mergedKernel + 2 * row + corner.row;
            into.writeFloatLE(
              from.readFloatLE(at),
              4 * (mergedRow * mergedKernel + 2 * column + corner.column),
            );
            at += 4;
          }
  const dims = [outputs, colours, mergedKernel, mergedKernel];
  return onnx.TensorProto.create({ name, dataType: float32, dims, rawData: into });
};

const setIntegers = (node: Onnx.INodeProto, values: Readonly<Record<string, readonly number[]>>): void => {
  for (const attribute of node.attribute ?? []) {
    const value = values[attribute.name ?? ''];
    if (value) attribute.ints = [...value];
  }
};

interface Focus {
  convolution: Onnx.INodeProto;
  weights: Onnx.ITensorProto;
  corners: readonly Corner[];
}

/** The graph's first convolution with its quarter pictures, if it begins so. */
const findFocus = (graph: Onnx.IGraphProto, view: GraphView, picture: string): Focus | undefined => {
  const convolution = graph.node?.find(({ opType }) => opType === 'Conv');
  if (!convolution) return undefined;
  const [pictures, weightsName] = convolution.input ?? [];
  const weights = view.constant(weightsName);
  const concat = view.nodeOf(pictures, 'Concat');
  if (!concat || !weights || weights.dataType !== float32) return undefined;
  const corners = (concat.input ?? []).flatMap((quarter) => cornerOf(view, quarter, picture) ?? []);
  const isWhole = new Set(corners.map(({ row, column }) => 2 * row + column)).size === quarters;
  const isPlain =
    isAll(integersOf(convolution, 'kernel_shape'), kernel) &&
    ['pads', 'strides', 'dilations', 'group'].every((name) => isAll(integersOf(convolution, name), 1)) &&
    isAll(integersOf(concat, 'axis'), 1);
  const [outputs = 0, ...others] = (weights.dims ?? []).map(wholeOf);
  const isOfQuarters = others.join() === [quarters * colours, kernel, kernel].join();
  const isComplete = weights.rawData?.length === 4 * outputs * quarters * colours * kernel * kernel;
  const isFocus = isWhole && corners.length === quarters && isPlain && isOfQuarters && isComplete;
  return isFocus ? { convolution, weights, corners } : undefined;
};

/** Those whose results somebody uses; a graph's nodes come after what they need. */
const neededNodes = ({ node, output }: Onnx.IGraphProto): Onnx.INodeProto[] => {
  const needed = new Set((output ?? []).map(({ name }) => name ?? ''));
  const kept: Onnx.INodeProto[] = [];
  for (const each of (node ?? []).toReversed()) {
    if (!each.output?.some((name) => needed.has(name))) continue;
    for (const name of each.input ?? []) needed.add(name);
    kept.push(each);
  }
  return kept.reverse();
};

/**
 * YOLOX begins by cutting the picture into four quarters, every second pixel of every second row, and puts them one behind
 * the other for a convolution of 3×3 (its "Focus", from YOLOv5, which went the same way since). That is one convolution of
 * 6×6 over the picture itself, in steps of two: the same products are summed, and the picture is not copied three times for
 * it. A graph that begins otherwise stays as it is.
 */
export const mergeFocus = (graph: Onnx.IGraphProto, picture: string): void => {
  const focus = findFocus(graph, new GraphView(graph), picture);
  if (!focus) return;
  const { convolution, weights, corners } = focus;
  const merged = mergeWeights(weights, corners, `${weights.name}-merged`);
  graph.initializer = [...(graph.initializer ?? []), merged];
  convolution.input = [picture, merged.name, ...(convolution.input ?? []).slice(2)];
  setIntegers(convolution, {
    kernel_shape: [mergedKernel, mergedKernel],
    strides: [2, 2],
    pads: [2, 2, 2, 2],
  });
  graph.node = neededNodes(graph);
};
