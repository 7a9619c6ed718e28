import { createHash } from 'node:crypto';
import { afterEach, expect, test, vi } from 'vitest';
import { SimulatedClock } from '../../../core/runtime/simulated-clock.ts';
import { type Opening, openPlain, tryOpenPlain } from '../../../test/fixtures/ingest/open-plain.ts';
import {
  describedVideo,
  type Script,
  ScriptedCamera,
} from '../../../test/fixtures/ingest/scripted-camera.ts';
import type { PlainStream } from './plain-stream.ts';

const streams: PlainStream[] = [];

afterEach(async () => {
  await Promise.all(streams.splice(0).map((stream) => stream.close()));
});

const open = async (url: string, opening?: Opening): Promise<PlainStream> => {
  const stream = await openPlain(url, opening);
  streams.push(stream);
  return stream;
};

const listening = (script?: Script): Promise<ScriptedCamera> => new ScriptedCamera(script).listen();

const replies = (method: string, status: string, ...headers: string[]): Script => ({
  [method]: () => ({ status, headers }),
});

test('sets up the video alone, plays it, and takes it down', async () => {
  await using camera = await listening();
  const stream = await open(camera.url);

  camera.sendPicture(3000, true);
  camera.sendPicture(10);
  const [key, delta] = [await stream.read(), await stream.read()];
  await stream.close();

  expect(camera.methods()).toEqual(['OPTIONS', 'DESCRIBE', 'SETUP', 'PLAY', 'TEARDOWN']);
  expect(camera.heard[2]).toMatch(/^SETUP rtsp:\/\/127\.0\.0\.1:\d+\/live\/track1 RTSP\/1\.0\r\n/);
  expect(camera.heard[3]).toContain('Session: 17\r\n');
  expect(key).toMatchObject({ isKeyframe: true, ptsUs: 0, dtsUs: 0, durationUs: 0, producedAt: undefined });
  expect(key?.data[4]).toBe(0x67);
  expect(delta).toMatchObject({ isKeyframe: false, ptsUs: 40_000 });
  expect(await stream.read()).toBeUndefined();
});

test.each<[string, Script, string]>([
  [
    'unauthorised',
    replies('DESCRIBE', '401 Unauthorized', 'WWW-Authenticate: Basic realm="x"'),
    'unauthorised',
  ],
  ['unauthorised from the first', replies('OPTIONS', '401 Unauthorized'), 'unauthorised'],
  ['forbidden', replies('DESCRIBE', '403 Forbidden'), 'unauthorised'],
  ['not found', replies('DESCRIBE', '404 Not Found'), 'not-found'],
  ['without sessions left', replies('SETUP', '453 Not Enough Bandwidth'), 'refused'],
  ['broken', replies('DESCRIBE', '503 Service Unavailable'), 'refused'],
  ['redirecting', replies('DESCRIBE', '302 Found', 'Location: rtsp://127.0.0.2/x'), 'address-forbidden'],
  [
    'redirecting at once',
    replies('OPTIONS', '301 Moved', 'Location: rtsp://127.0.0.2/x'),
    'address-forbidden',
  ],
  ['redirecting late', replies('PLAY', '302 Found', 'Location: rtsp://127.0.0.2/x'), 'address-forbidden'],
  ['only for UDP', replies('SETUP', '461 Unsupported Transport'), 'unusual'],
  ['deaf to interleaving', replies('SETUP', '200 OK', 'Session: 1', 'Transport: RTP/AVP;unicast'), 'unusual'],
  ['without session', replies('SETUP', '200 OK', 'Transport: RTP/AVP/TCP;interleaved=0-1'), 'unusual'],
  ['without video', { DESCRIBE: () => ({ body: 'v=0\r\nm=audio 0 RTP/AVP 8\r\n' }) }, 'no-video'],
  [
    'of another codec',
    { DESCRIBE: () => ({ body: 'v=0\r\nm=video 0 RTP/AVP 26\r\n' }) },
    'unsupported-codec',
  ],
  ['silent', { DESCRIBE: () => 'silent' }, 'stalled'],
])('says of a camera that is %s what is wrong', async (_, script, cause) => {
  await using camera = await listening(script);

  const opening = open(camera.url, { openTimeoutMs: 500, credentials: { user: 'a', password: 'hunter2' } });

  await expect(opening).rejects.toMatchObject({ code: `stream-${cause}` });
  await expect(opening).rejects.not.toThrow('hunter2');
  await vi.waitFor(() => expect(camera.connections).toBe(0));
});

test('tells who refuses the connection, and who speaks something else', async () => {
  const camera = await listening();
  const { url } = camera;
  await camera[Symbol.asyncDispose]();
  await using web = await listening({ OPTIONS: () => 'silent' });
  const isAsked = vi.waitFor(() => expect(web.heard).toHaveLength(1));
  const greeting = isAsked.then(() => web.send('SSH-2.0-OpenSSH\r\n'));

  await expect(open(url)).rejects.toMatchObject({ code: 'stream-refused' });
  await expect(Promise.all([open(web.url), greeting])).rejects.toMatchObject({
    code: 'stream-refused',
    message: expect.stringContaining('does not speak RTSP'),
  });
});

test('gives up at once when it is not wanted any more', async () => {
  await using camera = await listening({ DESCRIBE: () => 'silent' });
  const wanted = new AbortController();
  const opening = tryOpenPlain(camera.url, { clock: new SimulatedClock(), signal: wanted.signal });
  await vi.waitFor(() => expect(camera.methods()).toContain('DESCRIBE'));

  wanted.abort();

  expect(await opening).toBeUndefined();
  await vi.waitFor(() => expect(camera.connections).toBe(0));
});

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

/** Whether a request is signed as RFC 2617 wants it. */
const isSigned = (request: string, user: string, password: string): boolean => {
  const [, uri, response] = /uri="([^"]*)", response="([^"]*)"/.exec(request) ?? [];
  const secret = md5(`${user}:cam:${password}`);
  return response === md5(`${secret}:n1:${md5(`${request.split(' ', 1)[0]}:${uri}`)}`);
};

test('signs every request with a password of any characters and any length', async () => {
  const credentials = { user: '值班', password: `"p@ss:/?#&'值\\${'x'.repeat(300)}` };
  const unsigned = {
    status: '401 Unauthorized',
    headers: ['WWW-Authenticate: Digest realm="cam", nonce="n1"'],
  };
  const check = (request: string) =>
    isSigned(request, credentials.user, credentials.password) ? undefined : unsigned;
  await using camera = await listening({
    OPTIONS: check,
    DESCRIBE: check,
    SETUP: check,
    PLAY: check,
    TEARDOWN: check,
  });

  const stream = await open(camera.url, { credentials });
  await stream.close();

  expect(camera.methods()).toEqual(['OPTIONS', 'OPTIONS', 'DESCRIBE', 'SETUP', 'PLAY', 'TEARDOWN']);
});

test('does not try a wrong password twice', async () => {
  await using camera = await listening(
    replies('DESCRIBE', '401 Unauthorized', 'WWW-Authenticate: Digest realm="cam", nonce="n1"'),
  );

  await expect(open(camera.url, { credentials: { user: 'a', password: 'b' } })).rejects.toMatchObject({
    code: 'stream-unauthorised',
  });
  expect(camera.methods().filter((method) => method === 'DESCRIBE')).toHaveLength(2);
});

test('asks the checked address for whatever the camera names, with the secret query where it was given', async () => {
  const body = describedVideo.replace('track1', 'rtsp://192.168.1.64:554/cam/track1?a=b');
  await using camera = await listening({
    DESCRIBE: () => ({ headers: ['Content-Base: rtsp://elsewhere/base/'], body }),
  });

  await open(camera.url, { credentials: { query: 'token=hunter2' } });

  const host = new URL(camera.url).host;
  expect(camera.heard.slice(1).map((request) => request.split(' ', 2)[1])).toEqual([
    `rtsp://${host}/live?token=hunter2`,
    `rtsp://${host}/cam/track1?a=b`,
    `rtsp://${host}/base/`,
  ]);
});
