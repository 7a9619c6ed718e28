import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLogger } from '../../core/log.ts';
import { systemClock } from '../../core/runtime/clock.ts';
import { tinyCard, tinyOnnx } from '../../test/fixtures/tiny-model.ts';
import { loadManifest, type Model } from '../manifest.ts';
import { type ObtainOptions, obtainModel } from './obtain.ts';
import { parseSource } from './source.ts';

let folder: string;
let warnings: string[];
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'xueliang-models-'));
  warnings = [];
});
afterEach(() => rm(folder, { recursive: true }));

const tiny = (): Model => {
  const model = loadManifest([{ value: tinyCard(), path: 'tiny.card.json' }]).at(-1);
  if (!model) throw new RangeError('no model');
  return model;
};

/** A source folder; with a file in it when bytes are given. */
const sourceFolder = async (name: string, bytes?: Uint8Array): Promise<string> => {
  await mkdir(path.join(folder, name), { recursive: true });
  if (bytes) await writeFile(path.join(folder, name, 'tiny.onnx'), bytes);
  return path.join(folder, name);
};

const optionsWith = (sources: string[], more: Partial<ObtainOptions> = {}): ObtainOptions => ({
  cacheFolder: path.join(folder, 'cache'),
  sources: sources.map(parseSource),
  clock: systemClock,
  log: createLogger({ level: 'warn', destination: { write: (line) => warnings.push(line) } }),
  signal: new AbortController().signal,
  onProgress: () => undefined,
  isExplicit: false,
  ...more,
});

const leftOvers = () => readdir(path.join(folder, 'cache', 'models', 'tmp'));

const tampered = (): Uint8Array => {
  const bytes = tinyOnnx();
  bytes[bytes.length - 1] = 0x55;
  return bytes;
};

describe('obtainModel', () => {
  it('takes the file from the first source that has it', async () => {
    const sources = [
      await sourceFolder('a'),
      await sourceFolder('b', tinyOnnx()),
      await sourceFolder('c', tinyOnnx()),
    ];
    const steps = new Set<string>();
    const onProgress: ObtainOptions['onProgress'] = ({ from }) => steps.add(from);

    const obtained = await obtainModel([tiny()], optionsWith(sources, { onProgress }));

    expect(obtained).toMatchObject({
      origin: 'source',
      path: expect.stringContaining(path.join('cache', 'models')),
    });
    expect([...steps]).toEqual([sources[1]]);
    expect(await leftOvers()).toEqual([]);
  });

  it('needs no source once the file is in the cache', async () => {
    const first = await obtainModel([tiny()], optionsWith([await sourceFolder('a', tinyOnnx())]));
    const second = await obtainModel([tiny()], optionsWith([]));

    expect(second).toEqual({ ...first, origin: 'cache' });
  });

  it('skips a source whose file is altered, with a warning that names it, and takes the next', async () => {
    const sources = [await sourceFolder('a', tampered()), await sourceFolder('b', tinyOnnx())];

    const obtained = await obtainModel([tiny()], optionsWith(sources));

    expect(obtained).toMatchObject({ origin: 'source' });
    expect(warnings.join('\n')).toContain(`tiny.onnx from ${sources[0]} is not the file its card describes`);
    expect(await leftOvers()).toEqual([]);
  });

  it('tells of every place where the file was not to be had', async () => {
    const sources = [
      await sourceFolder('a'),
      path.join(folder, 'nowhere'),
      await sourceFolder('c', tampered()),
    ];

    const outcome = await obtainModel([tiny()], optionsWith(sources));

    expect(outcome).toEqual({
      reasons: [
        `${sources[0]} (tiny.onnx) does not have it`,
        `${sources[1]} (tiny.onnx) does not have it`,
        expect.stringContaining(`from ${sources[2]} is not the file its card describes`),
      ],
    });
  });

  it('refuses a cached file that has changed', async () => {
    await damageCache();

    await expect(obtainModel([tiny()], optionsWith([]))).rejects.toThrow(
      expect.objectContaining({ code: 'model-altered' }),
    );
  });

  it('replaces a cached file that has changed when asked to', async () => {
    await damageCache();
    const sources = [await sourceFolder('b', tinyOnnx())];

    const obtained = await obtainModel([tiny()], optionsWith(sources, { isExplicit: true }));

    expect(obtained).toMatchObject({ origin: 'source' });
    expect(await obtainModel([tiny()], optionsWith([]))).toMatchObject({ origin: 'cache' });
  });

  it('takes a file of the same network when that is what there is', async () => {
    const bytes = tinyOnnx({ metadata: { author: 'somebody else' } });
    const variant = { ...tiny(), fileName: 'variant.onnx', sizeBytes: bytes.byteLength };
    variant.card = { ...variant.card, id: 'variant', sha256: tinyCard(bytes).sha256 };
    const source = await sourceFolder('a');
    await writeFile(path.join(source, 'variant.onnx'), bytes);

    expect(await obtainModel([tiny(), variant], optionsWith([source]))).toMatchObject({
      model: { card: { id: 'variant' } },
    });
  });

  it('ends with the reason of an abort', async () => {
    const signal = AbortSignal.abort(new DOMException('enough', 'AbortError'));
    const options = optionsWith([await sourceFolder('a', tinyOnnx())], { signal });

    await expect(obtainModel([tiny()], options)).rejects.toThrow('enough');
  });
});

const damageCache = async (): Promise<void> => {
  const obtained = await obtainModel([tiny()], optionsWith([await sourceFolder('a', tinyOnnx())]));
  if ('path' in obtained) await writeFile(obtained.path, tampered());
};
