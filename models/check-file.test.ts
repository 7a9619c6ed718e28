import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tinyCard, tinyOnnx, tinyOutput } from '../test/fixtures/tiny-model.ts';
import { checkModelFile } from './check-file.ts';
import { loadManifest } from './manifest.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'xueliang-models-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** Checks `bytes` against the card of `described`. */
const check = async (bytes: Uint8Array, described = bytes): Promise<void> => {
  const model = loadManifest([{ value: tinyCard(described), path: 'tiny.card.json' }]).at(-1);
  if (!model) throw new RangeError('no model');
  const file = path.join(folder, 'tiny.onnx');
  await writeFile(file, bytes);
  await checkModelFile(model, file);
};

const code = (expected: string) => expect.objectContaining({ code: expected });

describe('checkModelFile', () => {
  it('accepts the file of the card', async () => {
    await expect(check(tinyOnnx())).resolves.toBeUndefined();
  });

  it('names file, expected and got when one byte differs', async () => {
    const altered = tinyOnnx();
    altered[altered.length - 1] = 0x55;

    await expect(check(altered, tinyOnnx())).rejects.toThrow(
      /tiny\.onnx is not the file its card describes: expected sha256 [0-9a-f]{64}, got sha256 [0-9a-f]{64}.*models pull/,
    );
  });

  it('does not read a file of another size', async () => {
    const longer = new Uint8Array([...tinyOnnx(), 0]);

    await expect(check(longer, tinyOnnx())).rejects.toThrow(/expected \d+ bytes, got \d+ bytes/);
  });

  it.each([
    ['renamed', [{ ...tinyOutput, name: 'boxes' }]],
    ['of another shape', [{ ...tinyOutput, shape: [1, 21, 135] }]],
    ['of a size known only at run time', [{ ...tinyOutput, shape: [1, 0, 7] }]],
    ['joined by a second one', [tinyOutput, { name: 'extra', shape: [1, 512] }]],
    ['missing', []],
  ])('refuses a file whose output is %s', async (_, outputs) => {
    await expect(check(tinyOnnx({ outputs }))).rejects.toThrow(code('model-shape-wrong'));
  });

  it('refuses a file with another input', async () => {
    const inputs = [{ name: 'images', shape: [1, 3, 64, 64] }];

    await expect(check(tinyOnnx({ inputs }))).rejects.toThrow(/its input is images \[1, 3, 64, 64\]/);
  });

  it('refuses a file that says of itself that it knows faces', async () => {
    const metadata = { names: "{0: 'person', 1: 'face'}" };

    await expect(check(tinyOnnx({ metadata }))).rejects.toThrow(code('model-refused'));
  });

  it('refuses a file whose weights lie elsewhere', async () => {
    await expect(check(tinyOnnx({ externalData: true }))).rejects.toThrow(code('model-refused'));
  });

  it('refuses a file that is not ONNX', async () => {
    await expect(check(new TextEncoder().encode('<html>please log in</html>'))).rejects.toThrow(
      code('model-shape-wrong'),
    );
  });
});
