import { afterEach, expect, test, vi } from 'vitest';
import { SimulatedClock } from '../../../core/runtime/simulated-clock.ts';
import { type Opening, openPlain } from '../../../test/fixtures/ingest/open-plain.ts';
import { toInterleaved, toSenderReport } from '../../../test/fixtures/ingest/rtp-sender.ts';
import { type Script, ScriptedCamera } from '../../../test/fixtures/ingest/scripted-camera.ts';
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

test('reports and keeps the session alive', async () => {
  const clock = new SimulatedClock();
  await using camera = await listening();
  const stream = await open(camera.url, { clock, socketTimeoutMs: 1e6 });
  camera.send(toInterleaved(1, toSenderReport(1_800_000_000_000, 0)));
  camera.sendPicture();
  const packet = await stream.read();

  await clock.advance(5_000);
  await vi.waitFor(() => expect(camera.heard.at(-1)).toMatch(/^24010034/));
  await clock.advance(26_000);

  await vi.waitFor(() => expect(camera.methods()).toContain('GET_PARAMETER'));
  expect(packet?.producedAt).toBe(1_800_000_000_000);
});

test('answers the camera between pictures', async () => {
  await using camera = await listening();
  const stream = await open(camera.url);

  camera.sendPicture();
  camera.send(
    'OPTIONS * RTSP/1.0\r\nCSeq: 41\r\n\r\n\r\nREDIRECT rtsp://127.0.0.2/ RTSP/1.0\r\nCSeq: 42\r\n\r\n',
  );
  camera.sendPicture();
  await stream.read();
  await stream.read();

  await vi.waitFor(() => {
    expect(camera.heard.slice(4).join('')).toContain('RTSP/1.0 200 OK\r\nCSeq: 41\r\n');
    expect(camera.heard.slice(4).join('')).toContain('RTSP/1.0 405 Method Not Allowed\r\nCSeq: 42\r\n');
  });
});

test('hands out what came before the end, and then how it ended', async () => {
  await using camera = await listening();
  const stream = await open(camera.url);
  camera.sendPicture();
  camera.sendPicture();
  await stream.read();

  camera.hangUp();
  await vi.waitFor(() => expect(camera.connections).toBe(0));

  expect(await stream.read()).toMatchObject({ ptsUs: 40_000 });
  await expect(stream.read()).rejects.toMatchObject({ code: 'stream-closed-by-camera' });
  await expect(stream.read()).rejects.toMatchObject({ code: 'stream-closed-by-camera' });
});

test('ends a connection that brings nothing any more', async () => {
  const clock = new SimulatedClock();
  await using camera = await listening();
  const stream = await open(camera.url, { clock, socketTimeoutMs: 8_000 });
  const reading = stream.read();

  const ended = expect(reading).rejects.toMatchObject({ code: 'stream-stalled' });
  await clock.advance(20_000);

  await ended;
});

test('lets a read under way return when it is interrupted', async () => {
  await using camera = await listening();
  const stream = await open(camera.url);
  const reading = stream.read();

  stream.interrupt();

  expect(await reading).toBeUndefined();
  expect(await stream.read()).toBeUndefined();
});

test('holds the camera back while nobody reads, and loses nothing', async () => {
  await using camera = await listening();
  const stream = await open(camera.url);
  const count = 1500;
  for (let picture = 0; picture < count; picture++) camera.sendPicture(20_000);

  const times: number[] = [];
  for (let picture = 0; picture < count; picture++) times.push((await stream.read())?.ptsUs ?? -1);

  expect(times).toEqual(Array.from({ length: count }, (_, index) => index * 40_000));
  expect(stream.faults).toEqual({ lostPackets: 0, uselessPackets: 0, droppedUnits: 0, skippedBytes: 0 });
});

/** What has been read of what was sent, in seconds of stream time. */
const followed = (stream: PlainStream): number[] => {
  const seconds: number[] = [];
  void (async () => {
    for (let packet = await stream.read(); packet; packet = await stream.read())
      seconds.push((packet.ptsUs ?? 0) / 1e6);
  })();
  return seconds;
};

/** A stream that has read one picture and may rest for 200 ms. */
const resting = async (camera: ScriptedCamera) => {
  const clock = new SimulatedClock();
  const stream = await open(camera.url, { clock, socketTimeoutMs: 1e6 });
  const seconds = followed(stream);
  stream.rest(200);
  camera.sendPicture();
  await vi.waitFor(() => expect(seconds).toEqual([0]));
  return { clock, stream, seconds };
};

test('rests after a reading for as long as it may, and then reads all that came in one go', async () => {
  await using camera = await listening();
  const { clock, seconds } = await resting(camera);

  for (let picture = 0; picture < 3; picture++) camera.sendPicture();
  await camera.isTaken();
  await clock.advance(199);
  expect(seconds).toEqual([0]);
  await clock.advance(1);

  await vi.waitFor(() => expect(seconds).toEqual([0, 0.04, 0.08, 0.12]));
});

test('reads at once what came meanwhile when it shall rest no longer', async () => {
  await using camera = await listening();
  const { stream, seconds } = await resting(camera);
  camera.sendPicture();
  await camera.isTaken();

  stream.rest(0);

  await vi.waitFor(() => expect(seconds).toEqual([0, 0.04]));
});

test('reads on after a rest in which more came than fits into one reading', async () => {
  await using camera = await listening();
  const { clock, seconds } = await resting(camera);
  camera.sendPicture(100_000);
  await camera.isTaken();

  await clock.advance(200);

  await vi.waitFor(() => expect(seconds).toEqual([0, 0.04]));
});

test('waits no longer for goodbye than half a second', async () => {
  const clock = new SimulatedClock();
  await using camera = await listening({ TEARDOWN: () => 'silent' });
  const stream = await open(camera.url, { clock });

  const closing = Promise.all([stream.close(), stream.close()]);
  await clock.advance(500);
  await closing;

  await vi.waitFor(() => expect(camera.connections).toBe(0));
});

test('does not take a camera for silent that it holds back itself', async () => {
  const clock = new SimulatedClock();
  await using camera = await listening();
  const stream = await open(camera.url, { clock, socketTimeoutMs: 8_000 });
  for (let picture = 0; picture < 500; picture++) camera.sendPicture(20_000);

  await clock.advance(60_000);

  expect(await stream.read()).toMatchObject({ ptsUs: 0 });
  while ((await stream.read())?.ptsUs !== 499 * 40_000);
});
