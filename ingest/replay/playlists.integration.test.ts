import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { Dictionary, FormatContext } from 'node-av/lib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { encode } from '../../deploy/demo/encode.ts';
import { encodeClip, moving } from '../../test/fixtures/ingest/encode-clip.ts';
import { openClip } from './open-clip.ts';

let folder = '';
let server: Server;
let secret = '';
/** Of each reader its own name, since FFmpeg lets go of connections that are answered only later. */
let reader = 0;
const asked: string[] = [];
const askedNow = (): string[] => asked.filter((url) => url === `/${reader}.ts`);

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'playlists-'));
  // As good as anything else that lies on this machine, and FFmpeg could read it.
  secret = await encodeClip(folder, 'secret.ts', moving, 'h264', 1);
  const bytes = await readFile(secret);
  server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.end(bytes);
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
  `<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" mediaPresentationDuration="PT1S" minBufferTime="PT1S" profiles="urn:mpeg:dash:profile:isoff-on-demand:2011"><Period><AdaptationSet contentType="video" mimeType="video/mp4"><Representation id="1" mimeType="video/mp4" bandwidth="1"><SegmentList duration="1"><SegmentURL media="${url}"/></SegmentList></Representation></AdaptationSet></Period></MPD>`;

const address = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}/${reader}.ts`;
const byName: [string, () => string] = ['a clip by its name', () => path.basename(secret)];
const everything: [string, () => string][] = [
  byName,
  ['a clip by its address', () => pathToFileURL(secret).href],
  ['a clip of another machine', address],
];
const kinds: [string, (url: string) => string, [string, () => string][]][] = [
  ['list.m3u8', hls, everything],
  ['list.mpd', dash, everything],
  ['list.ffconcat', concat, [byName]],
  // The content decides, not the name.
  ['clip.avi', concat, [byName]],
];
const cases = kinds.flatMap(([name, write, targets]) =>
  targets.map(([target, url]) => [name, target, write, url] as const),
);

/** What FFmpeg is given here, and nowhere else: without it the network would be out of reach by its own defaults. */
const everyProtocol = 'file,http,tcp,crypto,data';

/** Whether FFmpeg would read a file that it is not told to refuse: else a refusal shows nothing. */
const isReadUnguarded = async (file: string): Promise<boolean> => {
  const format = new FormatContext();
  format.allocContext();
  const options = Dictionary.fromObject({ protocol_whitelist: everyProtocol });
  const code = await format.openInput(`file:${file}`, null, options);
  await format.closeInput();
  return code >= 0;
};

test.each(cases)(
  'regression FIELD 5.2: %s that names %s is not opened',
  async (name, _target, write, url) => {
    const file = path.join(folder, name);
    await writeFile(file, write(url()));
    expect(await isReadUnguarded(file)).toBe(true);

    reader++;
    await writeFile(file, write(url()));

    await expect(openClip(file, 'whole')).rejects.toMatchObject({ code: 'clip-unreadable' });
    expect(askedNow()).toEqual([]);
  },
);

test('a clip is a file, whatever it is called', async () => {
  reader++;
  await expect(openClip(address(), 'whole')).rejects.toMatchObject({ code: 'clip-unreadable' });
  await expect(openClip(`concat:${secret}`, 'whole')).rejects.toMatchObject({ code: 'clip-unreadable' });
  expect(askedNow()).toEqual([]);
});

const toPng = ['-frames:v', '1', '-f', 'image2', '-c:v', 'png'];
const make = (file: string): Promise<void> =>
  encode(
    { inputs: [{ file, options: [] }], graph: '[0:v]fps=1[out]', outputOptions: toPng, frames: 1 },
    path.join(folder, 'made.png'),
    () => undefined,
  );

/** As above, of Debian's ffmpeg; rejects where it would not read. */
const makeUnguarded = (file: string) =>
  promisify(execFile)('/usr/bin/ffmpeg', [
    ...['-v', 'error', '-y', '-protocol_whitelist', everyProtocol, '-i', file],
    ...[...toPng, '-update', '1', path.join(folder, 'unguarded.png')],
  ]);

test.each([...cases, ['clip.mp4', byName[0], hls, byName[1]] as const])(
  'the demo makes no footage of %s that names %s',
  async (name, _target, write, url) => {
    const file = path.join(folder, name);
    await writeFile(file, write(url()));
    await makeUnguarded(file);

    reader++;
    await writeFile(file, write(url()));

    await expect(make(file)).rejects.toMatchObject({ code: 'footage-encode-failed' });
    expect(askedNow()).toEqual([]);
  },
);

test('the demo makes no footage of an address', async () => {
  await makeUnguarded(address());

  reader++;

  await expect(make(address())).rejects.toMatchObject({ code: 'footage-encode-failed' });
  expect(askedNow()).toEqual([]);
});
