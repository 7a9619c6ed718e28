import { access, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLogger } from '../core/log.ts';
import { systemClock } from '../core/runtime/clock.ts';
import { buildFromNpm } from './fetch/build-from-npm.ts';
import { rememberUnreachable } from './fetch/unreachable.ts';
import { loadManifest } from './manifest.ts';
import { type ResolvedModel, resolveModel } from './resolve-model.ts';

const shared = path.resolve(import.meta.dirname, '../../shared');
const pictures = path.join(shared, 'footage/coco-val128');
const isThere = (file: string) =>
  access(file).then(
    () => true,
    () => false,
  );
const hasPictures = await isThere(pictures);

let cacheFolder: string;
let steps: string[];
let resolved: ResolvedModel;
const options = () => ({
  cacheFolder,
  sources: [],
  clock: systemClock,
  log: createLogger({ level: 'silent' }),
});

beforeAll(async () => {
  cacheFolder = await mkdtemp(path.join(tmpdir(), 'xueliang-cache-'));
  // So that the test does the same with and without a way out to upstream.
  for (const { upstream } of loadManifest())
    if (upstream) await rememberUnreachable(upstream, 'upstream was not reached', options());
  steps = [];
  const onProgress = ({ step }: { step: string }) => steps.push(step);
  resolved = await resolveModel({ ...options(), onProgress });
}, 300_000);
afterAll(() => rm(cacheFolder, { recursive: true, force: true }));

describe('the fallback model', () => {
  it('is built from an npm package when the recommended one is not to be had, and says why', () => {
    expect(resolved).toMatchObject({ origin: 'npm', card: { id: 'centernet-mobilenetv3-512' } });
    expect(resolved.fallbackReason).toMatch(/'yolox-nano-416' was not to be had .*upstream was not reached/);
    expect(steps).toEqual(['package', 'convert']);
  });

  it('leaves nothing of the package behind but the converted file', async () => {
    const entries = await readdir(cacheFolder, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile()).map(({ name }) => name);

    expect(files.sort()).toEqual(['centernet_mobilenetv3_512x512.onnx', 'unreachable.json']);
  });

  it('comes from the cache the next time, still saying why it stands in', async () => {
    const again = await resolveModel(options());

    expect(again).toMatchObject({ origin: 'cache', path: resolved.path });
    expect(again.fallbackReason).toBeDefined();
  });

  it('refuses a package whose files are not the ones of the card', async () => {
    const model = loadManifest().find(({ role }) => role === 'fallback');
    if (!model?.npm) throw new RangeError('the fallback comes from no package');
    const npm = { ...model.npm, weights: { ...model.npm.weights, sha256: '0'.repeat(64) } };
    const signal = new AbortController().signal;

    const attempt = buildFromNpm(model, npm, { ...options(), signal, onStep: () => undefined });

    await expect(attempt).rejects.toThrow(
      /@vladmandic\/human@3.3.6 models\/centernet.bin is not the file .* sha256 0{64}/,
    );
    expect(await readdir(path.join(cacheFolder, 'models', 'tmp'))).toEqual([]);
  });

  it.skipIf(!hasPictures)('finds a person in a real picture (needs ../shared/footage)', async () => {
    const { file, truth } = await pictureOfOnePerson();

    const { score, box } = await findPerson(file);

    expect(score).toBeGreaterThan(resolved.card.output.confidentScore);
    expect(overlap(box, truth)).toBeGreaterThan(0.6);
  });
});

/** Left, top, right, bottom, as shares of the picture. */
type Corners = [number, number, number, number];

/** The first picture with exactly one person, who fills a tenth of it. Labels are `class cx cy w h`. */
const pictureOfOnePerson = async (): Promise<{ file: string; truth: Corners }> => {
  for (const name of (await readdir(path.join(pictures, 'labels'))).sort()) {
    const rows = (await readFile(path.join(pictures, 'labels', name), 'utf8')).trim().split('\n');
    const people = rows.map((row) => row.split(' ').map(Number)).filter(([kind]) => kind === 0);
    const [, x = 0, y = 0, w = 0, h = 0] = people[0] ?? [];
    if (people.length !== 1 || w * h < 0.1) continue;
    const file = path.join(pictures, 'images', name.replace('.txt', '.jpg'));
    return { file, truth: [x - w / 2, y - h / 2, x + w / 2, y + h / 2] };
  }
  throw new RangeError('no picture has one large person');
};

const findPerson = async (file: string): Promise<{ score: number; box: Corners }> => {
  const { input, output } = resolved.card;
  const size = { width: input.width, height: input.height, fit: 'fill' } as const;
  const pixels = await sharp(file).resize(size).removeAlpha().toColourspace('srgb').raw().toBuffer();
  const area = input.width * input.height;
  const planes = Float32Array.from(
    { length: 3 * area },
    (_, index) => pixels[(index % area) * 3 + Math.floor(index / area)] ?? 0,
  );
  const session = await InferenceSession.create(resolved.path, { intraOpNumThreads: 1 });
  const answer = await session.run({
    [input.name]: new Tensor('float32', planes, [1, 3, input.height, input.width]),
  });
  await session.release();
  const [heat, distances] = output.tensors.map(({ name }) => answer[name]?.data as Float32Array);
  const columns = input.width / 4;
  const cells = columns * (input.height / 4);
  const people = heat?.subarray(0, cells) ?? new Float32Array();
  const cell = people.indexOf(Math.max(...people));
  const [x, y] = [(cell % columns) * 4, Math.floor(cell / columns) * 4];
  const reach = (side: number): number => distances?.[side * cells + cell] ?? 0;
  const corners = [x - reach(0), y - reach(1), x + reach(2), y + reach(3)].map(
    (value) => value / input.width,
  );
  return { score: people[cell] ?? 0, box: corners as Corners };
};

const overlap = (a: Corners, b: Corners): number => {
  const area = ([left, top, right, bottom]: Corners): number =>
    Math.max(0, right - left) * Math.max(0, bottom - top);
  const shared = area([
    Math.max(a[0], b[0]),
    Math.max(a[1], b[1]),
    Math.min(a[2], b[2]),
    Math.min(a[3], b[3]),
  ]);
  return shared / (area(a) + area(b) - shared);
};
