import { readFile } from 'node:fs/promises';
import onnxProto, { type onnx as Onnx } from 'onnx-proto';
import type { ModelCard } from '../../core/schema/model-card.ts';
import { answerShapes } from '../decode/decoder.ts';
import { answerWithBest } from './answer-with-best.ts';
import { wholeOf } from './graph-view.ts';
import type { TensorType } from './input-tensor.ts';
import { mergeFocus } from './merge-focus.ts';
import { takeBytes } from './take-bytes.ts';

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
  if (output.decoder === 'centernet' || input.fit !== 'letterbox')
    return { width: input.width, height: input.height };
  const cell = Math.max(...output.strides);
  const cover = (side: number, whole: number): number => Math.min(whole, Math.ceil(side / cell) * cell);
  return { width: cover(picture.width, input.width), height: cover(picture.height, input.height) };
};

/** The card of the same model with an input of another size. */
export const fitCard = (card: ModelCard, size: InputSize): ModelCard =>
  withAnswerShapes({ ...card, input: { ...card.input, ...size } });

/** A card whose answer is as large as its decoder reads it with this input and these labels. */
const withAnswerShapes = (card: ModelCard): ModelCard => {
  const shapes = answerShapes(card);
  const tensors = card.output.tensors.map((tensor, index) => ({
    ...tensor,
    shape: shapes[index] ?? tensor.shape,
  }));
  return { ...card, output: { ...card.output, tensors } };
};

const declareInput = (graph: Onnx.IGraphProto, { name, width, height }: ModelCard['input']): void => {
  const dimensions = graph.input?.find((input) => input.name === name)?.type?.tensorType?.shape?.dim;
  dimensions?.splice(
    2,
    2,
    onnx.TensorShapeProto.Dimension.create({ dimValue: height }),
    onnx.TensorShapeProto.Dimension.create({ dimValue: width }),
  );
};

/** A model made for one size of input. */
export interface FittedModel {
  /** Of what the file holds now. */
  card: ModelCard;
  bytes: Uint8Array;
  takes: TensorType;
}

/**
 * The model's file, its one input declared to be of `size`, and with less to do where that gives the same answer. What the file says of
 * sizes further on is left out: ONNX Runtime infers them. YOLOX is convolutions, and takes any whole number of cells.
 */
export const loadFittedModel = async (
  card: ModelCard,
  size: InputSize,
  modelPath: string,
): Promise<FittedModel> => {
  const model = onnx.ModelProto.decode(await readFile(modelPath));
  const graph = model.graph ?? onnx.GraphProto.create();
  // The default domain, of the operators that all runtimes know, has no name.
  const opset = wholeOf(model.opsetImport.find(({ domain }) => !domain)?.version);
  const fitted = fitCard(card, size);
  declareInput(graph, fitted.input);
  graph.valueInfo = [];
  for (const output of graph.output ?? []) if (output.type?.tensorType) output.type.tensorType.shape = null;
  mergeFocus(graph, fitted.input.name);
  const answering = answerWithBest(graph, opset, fitted);
  const takes = takeBytes(graph, fitted.input) ? 'uint8' : 'float32';
  return {
    card: withAnswerShapes(answering),
    bytes: onnx.ModelProto.encode(model).finish(),
    takes,
  };
};
