import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import type { ModelTensor } from '../core/schema/model-card.ts';
import { requireAllowedNames } from './check-card.ts';
import { formatShape, isSameShape } from './decoder-shape.ts';
import { modelError } from './errors.ts';
import type { Model } from './manifest.ts';
import { type BorderTensor, type OnnxInterface, readOnnxInterface } from './onnx-file.ts';

export interface ExpectedBytes {
  sizeBytes: number;
  sha256: string;
}

/** Throws `model-altered` unless the file has exactly the size and sha256 it should have. Returns its bytes. */
export const readChecked = async (
  path: string,
  expected: ExpectedBytes,
  name: string,
): Promise<Uint8Array> => {
  const { size } = await stat(path);
  // A file of another size cannot have the checksum, and might be too large to read.
  if (size !== expected.sizeBytes) throw altered(name, `${expected.sizeBytes} bytes`, `${size} bytes`);
  const bytes = await readFile(path);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  if (sha256 !== expected.sha256) throw altered(name, `sha256 ${expected.sha256}`, `sha256 ${sha256}`);
  return bytes;
};

/** `name` is the file as whoever has to replace it knows it: a path, or where it came from. */
export const altered = (name: string, expected: string, got: string) =>
  modelError(
    'model-altered',
    `${name} is not the file its card describes: expected ${expected}, got ${got}; it is not used: ` +
      'delete or replace it, or fetch it anew with `xueliang models pull`',
    { file: name, expected, got },
  );

/**
 * Throws unless the file at `path` is byte for byte the one of the card (`model-altered`), its tensors are those of
 * the card (`model-shape-wrong`), and nothing in it names what the law excludes (`model-refused`).
 */
export const checkModelFile = async (model: Model, path: string, name = path): Promise<void> => {
  const { card, sizeBytes } = model;
  const bytes = await readChecked(path, { sizeBytes, sha256: card.sha256 }, name);
  const border = parse(bytes, name);
  if (border.hasExternalData)
    throw modelError('model-refused', `${name}: its weights lie in another file, which no checksum covers`);
  requireTensors(name, 'input', border.inputs, [inputTensor(model)]);
  requireTensors(name, 'output', border.outputs, card.output.tensors);
  for (const key of ['names', 'classes', 'labels', 'task'])
    requireAllowedNames(name, `metadata '${key}'`, wordsOf(border.metadata.get(key)));
};

const parse = (bytes: Uint8Array, name: string): OnnxInterface => {
  try {
    return readOnnxInterface(bytes);
  } catch (cause) {
    throw modelError(
      'model-shape-wrong',
      `${name} is not an ONNX file; take the card's sha256 of the right file`,
      {
        cause,
      },
    );
  }
};

const inputTensor = ({ card: { input } }: Model): ModelTensor => ({
  name: input.name,
  shape: input.layout === 'nchw' ? [1, 3, input.height, input.width] : [1, input.height, input.width, 3],
});

const requireTensors = (
  name: string,
  side: 'input' | 'output',
  found: readonly BorderTensor[],
  expected: readonly ModelTensor[],
): void => {
  const isExact =
    found.length === expected.length &&
    expected.every((tensor) =>
      found.some(
        (other) => other.name === tensor.name && other.isFloat32 && isSameShape(other.shape, tensor.shape),
      ),
    );
  if (isExact) return;
  throw modelError(
    'model-shape-wrong',
    `${name}: its ${side} is ${formatTensors(found)}, its card says float32 ${formatTensors(expected)}; ` +
      'the model is refused: correct the card, or give the file that belongs to it',
    { found, expected },
  );
};

const formatTensors = (tensors: readonly { name: string; shape: readonly number[] }[]): string =>
  tensors.map(({ name, shape }) => `${name} ${formatShape(shape)}`).join(' and ') || 'nothing';

const wordsOf = (text: string | undefined): string[] => (text ?? '').split(/[^\p{L}_ -]+/u).filter(Boolean);
