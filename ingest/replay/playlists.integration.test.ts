import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { encode } from '../../deploy/demo/encode.ts';
import { encodeClip, moving } from '../../test/fixtures/ingest/encode-clip.ts';
import { openClip } from './open-clip.ts';

let folder = '';
let server: Server;
let secret = '';
const asked: string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'playlists-'));
  // As good as anything else that lies on this machine, and FFmpeg could read it.
  secret = await encodeClip(folder, 'secret.ts', moving, 'h264', 1);
  server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.end();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
});
afterAll(async () => {
  server.close();
  await rm(folder, { recursive: true });
});

const hls = (url: string): string => `#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n${url}\n#EXT-X-ENDLIST\n`;
const concat = (url: string): string => `ffconcat version 1.0\nfile '${url}'\n`;
const dash = (url: string): string =>
  `<MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" mediaPresentationDuration="PT1S"><Period><AdaptationSet mimeType="video/mp2t"><Representation id="1" bandwidth="1"><BaseURL>${url}</BaseURL></Representation></AdaptationSet></Period></MPD>`;

const address = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}/a.ts`;
const targets: [string, () => string][] = [
  ['file:///etc/passwd', () => 'file:///etc/passwd'],
  ['a clip by its address', () => pathToFileURL(secret).href],
  ['a clip by its name', () => 'secret.ts'],
  ['http://127.0.0.1', address],
  ['a socket', () => address().replace('http:', 'tcp:')],
];
const kinds: [string, (url: string) => string][] = [
  ['list.m3u8', hls],
  ['list.ffconcat', concat],
  ['list.mpd', dash],
  // The content decides, not the name.
  ['clip.mp4', hls],
  ['clip.avi', concat],
];
const cases = kinds.flatMap(([name, write]) =>
  targets.map(([target, url]) => [name, target, write, url] as const),
);

test.each(cases)(
  'regression FIELD 5.2: %s that names %s is not opened',
  async (name, _target, write, url) => {
    const file = path.join(folder, name);
    await writeFile(file, write(url()));

    await expect(openClip(file, 'whole')).rejects.toMatchObject({ code: 'clip-unreadable' });
    expect(asked).toEqual([]);
  },
);

test.each(cases)('the demo makes no footage of %s that names %s', async (name, _target, write, url) => {
  const file = path.join(folder, name);
  await writeFile(file, write(url()));
  const job = {
    inputs: [{ file, options: [] }],
    graph: '[0:v]fps=1[out]',
    outputOptions: ['-frames:v', '1', '-f', 'image2', '-c:v', 'png'],
    frames: 1,
  };

  await expect(encode(job, path.join(folder, 'made.png'), () => undefined)).rejects.toMatchObject({
    code: 'footage-encode-failed',
  });
  expect(asked).toEqual([]);
});
