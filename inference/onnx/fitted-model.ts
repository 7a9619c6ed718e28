import { readFile } from 'node:fs/promises';
import onnxProto from 'onnx-proto';
import type { ModelCard } from '../../core/schema/model-card.ts';
import { yoloxShapes } from '../decode/yolox.ts';
import { mergeFocus } from './merge-focus.ts';

const { onnx } = onnxProto;

/** Pixels. */
export interface InputSize {
  width: number;
  height: number;
}

/**
 * The least input that holds a letterboxed picture, in whole cells of the coarsest grid. A 4:3 picture fills three
 * quarters of a square input and a 16:9 one little more than half; the rest is padding that would be computed for
 * nothing. Other models than YOLOX stretch their picture and need all of their input.
 */
export const inputSizeFor = ({ input, output }: ModelCard, picture: InputSize): InputSize => {
  if (output.decoder !== 'yolox' || input.fit !== 'letterbox')
    return { width: input.width, height: input.height };
  const cell = Math.max(...output.strides);
  const cover = (side: number, whole: number): number => Math.min(whole, Math.ceil(side / cell) * cell);
  return { width: cover(picture.width, input.width), height: cover(picture.height, input.height) };
};

/** The card of the same model with an input of another size. */
export const fitCard = (card: ModelCard, size: InputSize): ModelCard => {
  const fitted = { ...card, input: { ...card.input, ...size } };
  const shapes = yoloxShapes(fitted);
  const tensors = card.output.tensors.map((tensor, index) => ({
    ...tensor,
    shape: shapes[index] ?? tensor.shape,
  }));
  return { ...fitted, output: { ...card.output, tensors } };
};

/**
 * The model's file as bytes, its one input declared to be of the size that the card says. What the file says of sizes
 * further on is left out: ONNX Runtime infers them. YOLOX is convolutions, and takes any whole number of cells.
 */
export const loadFittedModel = async (card: ModelCard, modelPath: string): Promise<Uint8Array> => {
  const model = onnx.ModelProto.decode(await readFile(modelPath));
  const { graph } = model;
  for (const input of graph?.input ?? []) {
    const dimensions = input.type?.tensorType?.shape?.dim;
    if (input.name !== card.input.name || !dimensions) continue;
    const { width, height } = card.input;
    dimensions.splice(
      2,
      2,
      onnx.TensorShapeProto.Dimension.create({ dimValue: height }),
      onnx.TensorShapeProto.Dimension.create({ dimValue: width }),
    );
  }
  if (graph) {
    graph.valueInfo = [];
    mergeFocus(graph, card.input.name);
  }
  for (const output of graph?.output ?? []) if (output.type?.tensorType) output.type.tensorType.shape = null;
  return onnx.ModelProto.encode(model).finish();
};
