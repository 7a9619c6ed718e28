import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SimulatedClock } from '../../core/runtime/simulated-clock.ts';
import { recallUnreachable, rememberMs, rememberUnreachable } from './unreachable.ts';

const url = 'https://models.example/a.onnx';
let options: { cacheFolder: string; clock: SimulatedClock };
beforeEach(async () => {
  const cacheFolder = await mkdtemp(path.join(tmpdir(), 'xueliang-models-'));
  options = { cacheFolder, clock: new SimulatedClock() };
});
afterEach(() => rm(options.cacheFolder, { recursive: true }));

describe('rememberUnreachable', () => {
  it('is recalled with its reason until some hours have passed', async () => {
    await rememberUnreachable(url, 'no route', options);

    expect(await recallUnreachable(url, options)).toBe('no route');
    expect(await recallUnreachable('https://other.example', options)).toBeUndefined();
    await options.clock.advance(rememberMs);
    expect(await recallUnreachable(url, options)).toBeUndefined();
  });

  it('is forgotten once the address was reached', async () => {
    await rememberUnreachable(url, 'no route', options);
    await rememberUnreachable(url, undefined, options);

    expect(await recallUnreachable(url, options)).toBeUndefined();
  });

  it('does not count when the clock was set back behind it', async () => {
    await rememberUnreachable(url, 'no route', options);
    options.clock.jump(-60_000);

    expect(await recallUnreachable(url, options)).toBeUndefined();
  });

  it('starts anew when its file is damaged', async () => {
    await mkdir(path.join(options.cacheFolder, 'models'));
    await writeFile(path.join(options.cacheFolder, 'models', 'unreachable.json'), '{"https://models');

    expect(await recallUnreachable(url, options)).toBeUndefined();
    await rememberUnreachable(url, 'no route', options);
    expect(await recallUnreachable(url, options)).toBe('no route');
  });
});
