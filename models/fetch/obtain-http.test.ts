import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLogger } from '../../core/log.ts';
import { SimulatedClock } from '../../core/runtime/simulated-clock.ts';
import { tinyCard, tinyOnnx } from '../../test/fixtures/tiny-model.ts';
import { loadManifest, type Model } from '../manifest.ts';
import { type ObtainOptions, obtainModel } from './obtain.ts';
import { parseSource } from './source.ts';

let folder: string;
let server: Server;
let answer: RequestListener;
let asked: string[];
let clock: SimulatedClock;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'xueliang-models-'));
  asked = [];
  clock = new SimulatedClock();
  server = createServer((request, response) => {
    asked.push(request.url ?? '');
    answer(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await rm(folder, { recursive: true });
});

const address = (): string => {
  const bound = server.address();
  return `http://127.0.0.1:${typeof bound === 'object' ? bound?.port : ''}/models`;
};

const tiny = (more: Partial<Model> = {}): Model => {
  const model = loadManifest([{ value: tinyCard(), path: 'tiny.card.json' }]).at(-1);
  if (!model) throw new RangeError('no model');
  return { ...model, ...more };
};

const optionsWith = (sources: string[], more: Partial<ObtainOptions> = {}): ObtainOptions => ({
  cacheFolder: folder,
  sources: sources.map(parseSource),
  clock,
  log: createLogger({ level: 'silent' }),
  signal: new AbortController().signal,
  onProgress: () => undefined,
  isExplicit: false,
  ...more,
});

describe('obtainModel over HTTP', () => {
  it('downloads the file by its name below the prefix and counts its bytes', async () => {
    answer = (_, response) => response.end(tinyOnnx());
    const received: unknown[] = [];
    const onProgress: ObtainOptions['onProgress'] = (progress) => received.push(progress.receivedBytes);

    const obtained = await obtainModel([tiny()], optionsWith([address()], { onProgress }));

    expect(obtained).toMatchObject({ origin: 'source' });
    expect(asked).toEqual(['/models/tiny.onnx']);
    expect(received.at(-1)).toBe(tinyOnnx().byteLength);
  });

  it('stops reading a file that is longer than its card says', async () => {
    let sentBytes = 0;
    answer = (request, response) => {
      const more = (): void => {
        while (!request.socket.destroyed && response.write(Buffer.alloc(65_536))) sentBytes += 65_536;
      };
      response.on('drain', more);
      more();
    };

    const outcome = await obtainModel([tiny()], optionsWith([address()]));

    expect(outcome).toEqual({
      reasons: [expect.stringMatching(/expected \d+ bytes, got more than \d+ bytes/)],
    });
    expect(await readdir(path.join(folder, 'models', 'tmp'))).toEqual([]);
    expect(sentBytes).toBeLessThan(16 * 1024 * 1024);
  });

  it('gives up a server that does not answer within five seconds', async () => {
    answer = () => undefined;
    const outcome = obtainModel([tiny()], optionsWith([address()]));

    await vi.waitFor(() => expect(asked).toHaveLength(1));
    await clock.advance(5000);

    expect(await outcome).toEqual({ reasons: [expect.stringContaining('took longer than 5 s')] });
  });

  it('gives up a server that stops in the middle of the file', async () => {
    answer = (_, response) => response.write(tinyOnnx().subarray(0, 20));
    let receivedBytes = 0;
    const onProgress: ObtainOptions['onProgress'] = (progress) => {
      receivedBytes = progress.receivedBytes ?? 0;
    };
    const outcome = obtainModel([tiny()], optionsWith([address()], { onProgress }));

    await vi.waitFor(() => expect(receivedBytes).toBe(20));
    await clock.advance(15_000);

    expect(await outcome).toEqual({ reasons: [expect.stringContaining('waiting for more')] });
  });

  it('names the status of a server that refuses', async () => {
    answer = (_, response) => response.writeHead(403).end();

    expect(await obtainModel([tiny()], optionsWith([address()]))).toEqual({
      reasons: [expect.stringContaining('answered with status 403')],
    });
  });

  it('leaves an upstream alone for some hours after it was not reached, unless asked to try', async () => {
    answer = (_, response) => response.destroy();
    const model = tiny({ upstream: `${address()}/upstream.onnx` });

    expect(await obtainModel([model], optionsWith([]))).toEqual({
      reasons: [expect.stringContaining('was not reached')],
    });
    const again = await obtainModel([model], optionsWith([]));
    answer = (_, response) => response.end(tinyOnnx());
    const explicit = await obtainModel([model], optionsWith([], { isExplicit: true }));

    expect(again).toEqual({ reasons: [expect.stringContaining('lately')] });
    expect(explicit).toMatchObject({ origin: 'upstream' });
    expect(asked).toHaveLength(2);
  });
});
