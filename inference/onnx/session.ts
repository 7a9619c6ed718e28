import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { ModelCard } from '../../core/schema/model-card.ts';
import { inferenceError } from '../errors.ts';
import { createInputTensor, type InputTensor, type TensorType } from './input-tensor.ts';

/** A model ready to run, with its input and outputs allocated once. */
export interface Session {
  readonly input: InputTensor;
  /** In the card's order; overwritten by every run. */
  readonly outputs: readonly Float32Array[];
  /** Blocks its thread while it runs. */
  run(): Promise<void>;
  close(): Promise<void>;
}

/**
 * One core per session: more detector threads beat more threads per detector as soon as several cameras wait.
 * Without the memory pattern a session holds 40 MB less and is as fast (measured on YOLOX-nano).
 */
const options: InferenceSession.SessionOptions = {
  executionProviders: ['cpu'],
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  executionMode: 'sequential',
  graphOptimizationLevel: 'all',
  enableCpuMemArena: true,
  enableMemPattern: false,
  logSeverityLevel: 3,
};

type Metadata = InferenceSession.ValueMetadata;

const show = (name: string, type: string, shape: readonly (number | string)[]): string =>
  `${name} ${type}[${shape.join(',')}]`;

const showMetadata = (value: Metadata): string =>
  value.isTensor ? show(value.name, value.type, value.shape) : `${value.name} (not a tensor)`;

const mismatch = (modelId: string, what: string, expected: string, got: string, cause?: unknown) =>
  inferenceError(
    'model-shape-mismatch',
    `model '${modelId}': ${what} expected ${expected}, got ${got}; use the file that belongs to this card`,
    { modelId, expected, got, ...(cause === undefined ? {} : { cause }) },
  );

/** A dimension that a file leaves open is written as a name; the trial run tells what it comes to. */
const isSameShape = (expected: readonly number[], got: readonly (number | string)[]): boolean =>
  expected.length === got.length &&
  got.every((size, axis) => typeof size === 'string' || size === expected[axis]);

const isTensorOf = (value: Metadata | undefined, name: string, { type, shape }: InputTensor): boolean =>
  value?.isTensor === true && value.name === name && value.type === type && isSameShape(shape, value.shape);

const checkInput = (card: ModelCard, session: InferenceSession, input: InputTensor): void => {
  const [only, ...more] = session.inputMetadata;
  if (more.length === 0 && isTensorOf(only, card.input.name, input)) return;
  const got = session.inputMetadata.map(showMetadata).join(', ');
  throw mismatch(card.id, 'input', show(card.input.name, input.type, input.shape), got);
};

const toFeed = (input: InputTensor): Tensor =>
  input.type === 'uint8'
    ? new Tensor('uint8', input.data, input.shape)
    : new Tensor('float32', input.data, input.shape);

const checkOutputNames = (card: ModelCard, session: InferenceSession): void => {
  const expected = card.output.tensors.map(({ name }) => name);
  const isSame =
    expected.length === session.outputNames.length &&
    expected.every((name) => session.outputNames.includes(name));
  if (!isSame) throw mismatch(card.id, 'outputs', expected.join(', '), session.outputNames.join(', '));
};

/** Runs once on zeros: warms up, and shows what open dimensions come to. Gives the outputs in the card's order. */
const tryRun = async (
  card: ModelCard,
  session: InferenceSession,
  feeds: InferenceSession.FeedsType,
): Promise<Tensor[]> => {
  const expected = card.output.tensors.map(({ name, shape }) => show(name, 'float32', shape)).join(', ');
  const results = await session.run(feeds).catch((cause: unknown) => {
    throw mismatch(card.id, 'a run on the card’s input', expected, 'an error', cause);
  });
  const outputs = card.output.tensors.flatMap(({ name }) => {
    const output = new Map(Object.entries(results)).get(name);
    return output === undefined ? [] : [{ name, output }];
  });
  const got = outputs.map(({ name, output }) => show(name, output.type, output.dims)).join(', ');
  if (got !== expected) throw mismatch(card.id, 'outputs', expected, got);
  return outputs.map(({ output }) => output);
};

const load = async (card: ModelCard, model: string | Uint8Array): Promise<InferenceSession> => {
  // Two calls: each kind of argument has an overload of its own.
  const created =
    typeof model === 'string'
      ? InferenceSession.create(model, options)
      : InferenceSession.create(model, options);
  const modelPath = typeof model === 'string' ? model : 'its file';
  return created.catch((cause: unknown) => {
    throw inferenceError(
      'model-unreadable',
      `model '${card.id}': ${modelPath} cannot be loaded as an ONNX model; fetch it again`,
      { modelId: card.id, modelPath, cause },
    );
  });
};

/**
 * Opens a model, from its path or its bytes, and holds it to its card: names, types and shapes of input and outputs must be exactly those.
 * `takes`: float32 as the card says, unless the model was changed to take the picture's bytes. Throws `model-unreadable` or `model-shape-mismatch`.
 */
export const openSession = async (
  card: ModelCard,
  model: string | Uint8Array,
  takes: TensorType = 'float32',
): Promise<Session> => {
  const session = await load(card, model);
  const input = createInputTensor(card.input, takes);
  const feeds = { [card.input.name]: toFeed(input) };
  try {
    checkInput(card, session, input);
    checkOutputNames(card, session);
    await tryRun(card, session, feeds);
  } catch (error) {
    await session.release();
    throw error;
  }
  const outputs = card.output.tensors.map(({ name, shape }) => {
    const data = new Float32Array(shape.reduce((size, side) => size * side, 1));
    return { name, data, tensor: new Tensor('float32', data, shape) };
  });
  // The runtime writes into these: a megabyte of output per frame is not left to the garbage collector.
  const fetches = Object.fromEntries(outputs.map(({ name, tensor }) => [name, tensor]));
  return {
    input,
    outputs: outputs.map(({ data }) => data),
    run: async () => {
      await session.run(feeds, fetches);
    },
    close: () => session.release(),
  };
};
