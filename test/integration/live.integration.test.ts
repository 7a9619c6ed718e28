import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { LiveOverlays } from '../../commands/worker/live/live-overlays.ts';
import { type LiveDoors, openLiveDoors } from '../../commands/worker/live/open-live-door.ts';
import { createMetrics } from '../../core/metrics.ts';
import { systemClock } from '../../core/runtime/clock.ts';
import type { Track } from '../../core/stages.ts';
import { openSimulator, type Simulator } from '../../deploy/simulator/index.ts';
import { Mpeg1Desk } from '../../ingest/index.ts';
import { maxEncoders } from '../../ingest/live/mpeg1-desk.ts';
import { fromLoopback } from '../fixtures/api/from-loopback.ts';
import { testApi } from '../fixtures/api/test-api.ts';
import { encodeClip, moving } from '../fixtures/ingest/encode-clip.ts';
import { RunningIngest } from '../fixtures/ingest/running-ingest.ts';
import { testCamera } from '../fixtures/ingest/test-camera.ts';

const run = promisify(execFile);
const api = testApi();
let folder: string;
let simulator: Simulator;
let cameras: RunningIngest;
let doors: LiveDoors;
const overlays = new LiveOverlays();

/** A camera, its threads, the worker's door and the API, each as it is, but for the bus. */
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'xueliang-live-'));
  const file = await encodeClip(folder, 'moving.mp4', moving, 'h264');
  const h265 = await encodeClip(folder, 'moving-h265.mp4', moving, 'h265');
  simulator = await openSimulator({
    mounts: [
      { path: '/gate-1', file },
      { path: '/lane-2', file: h265, codec: 'h265' },
    ],
  });
  cameras = await RunningIngest.open();
  const deps = { clock: systemClock, metrics: createMetrics() };
  doors = await openLiveDoors({
    ...{ bus: api.bus, source: cameras.ingest, overlays, mpeg1: new Mpeg1Desk(deps), ...deps },
    host: '127.0.0.1',
  });
  await api.app.ready();
  for (const id of ['gate-1', 'lane-2']) {
    doors.set(id);
    cameras.ingest.setCamera(testCamera(id, simulator.url(`/${id}`)), undefined);
    await cameras.until(id, ({ state }) => state === 'live');
  }
});

afterAll(async () => {
  await api.app.close();
  await doors?.close();
  await cameras?.close();
  await simulator?.close();
  await rm(folder, { recursive: true, force: true });
});

const watch = async (cameraId = 'gate-1', query = '') => {
  const got: Buffer[] = [];
  const words: string[] = [];
  const socket = await api.app.injectWS(
    `/api/v1/cameras/${cameraId}/live${query}`,
    { ...fromLoopback, headers: { host: 'localhost' } },
    {
      onInit: (viewer) => {
        viewer.on('message', (data: Buffer, isBinary) => {
          if (isBinary) got.push(data);
          else words.push(data.toString());
        });
      },
    },
  );
  return { socket, got, words };
};

test('a viewer of the API sees what the camera sends, in a form that any player decodes', async () => {
  const { got, words, socket } = await watch();
  await vi.waitFor(() => expect(got.length).toBeGreaterThan(60), { timeout: 20_000 });
  socket.terminate();

  const file = path.join(folder, 'live.mp4');
  await writeFile(file, Buffer.concat(got));
  const decoded = await run('/usr/bin/ffmpeg', ['-v', 'warning', '-i', file, '-f', 'null', '-']);

  expect(JSON.parse(words[0] ?? '')).toMatchObject({ type: 'start', width: 320, height: 240 });
  expect(decoded.stderr).toBe('');
});

const found = (cameraId: string): Track => ({
  trackId: `${cameraId}-abc-1`,
  ...{
    label: 'person',
    score: 0.9,
    box: { x: 0.1, y: 0.2, w: 0.1, h: 0.3 },
    startedAt: 0,
    seenAt: 0,
    hits: 9,
  },
  ...{ isConfirmed: true, isSeenNow: true, stoodAtStart: false, stillMs: 0, speed: 0 },
});

test('what was found in a picture is told with the time that the picture has in the stream', async () => {
  const { got, words, socket } = await watch('gate-1', '?tracks=1');
  await vi.waitFor(() => expect(words.length).toBeGreaterThan(0), { timeout: 10_000 });
  cameras.ingest.keepAwake('gate-1', 10_000, 5);
  const frame = await cameras.nextFrame('gate-1');
  overlays.looked(frame, [found('gate-1')], testCamera('gate-1'));
  await vi.waitFor(() => expect(words.some((text) => text.includes('tracks'))).toBe(true));
  await vi.waitFor(() => expect(got.length).toBeGreaterThan(20), { timeout: 10_000 });
  socket.terminate();

  const told = words.map((text) => JSON.parse(text));
  const start = told.find(({ type }) => type === 'start');
  const tracks = told.find(({ type }) => type === 'tracks');
  expect(tracks).toMatchObject({ version: 1, capturedAt: frame.capturedAt });
  expect(tracks.tracks).toEqual([
    {
      ...{ id: 'abc-1', label: 'person', score: 0.9, isSeen: true, zones: [] },
      box: { x: 0.1, y: 0.2, w: 0.1, h: 0.3 },
    },
  ]);
  // The same picture, by the two clocks that a player has.
  expect(Math.abs(start.startedAt + tracks.mediaSeconds * 1000 - frame.capturedAt)).toBeLessThan(100);
});

test('a camera of H.265 is shown as MPEG-1 to who cannot play it, and its encoder ends with the viewer', async () => {
  const { got, words, socket } = await watch('lane-2', '?codec=mpeg1');
  await vi.waitFor(() => expect(Buffer.concat(got).length).toBeGreaterThan(150_000), { timeout: 30_000 });
  const others = await Promise.all(
    Array.from({ length: maxEncoders }, () => watch('lane-2', '?codec=mpeg1')),
  );
  await vi.waitFor(() =>
    expect(others.flatMap((other) => other.words).join()).toContain('mpeg1-full: 4 streams'),
  );
  for (const other of [{ socket }, ...others]) other.socket.terminate();
  await vi.waitFor(async () => {
    const again = await watch('lane-2', '?codec=mpeg1');
    await vi.waitFor(() => expect(again.words).toHaveLength(1));
    expect(again.words[0]).toContain('start');
    again.socket.terminate();
  });

  const file = path.join(folder, 'live.ts');
  await writeFile(file, Buffer.concat(got));
  const probe = ['-v', 'error', '-show_entries', 'stream=codec_name,width,height', '-of', 'csv=p=0', file];
  const { stdout } = await run('/usr/bin/ffprobe', probe);
  expect(stdout.split('\n')[0]).toBe('mpeg1video,320,240');
  expect(JSON.parse(words[0] ?? '')).toMatchObject({ type: 'start', codec: 'mpeg1', width: 320 });
}, 60_000);

test('a picture of the API is the camera’s latest', async () => {
  const answer = await api.app.inject('/api/v1/cameras/gate-1/snapshot.jpg');

  expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'image/jpeg']);
  expect(answer.rawPayload.subarray(0, 2).toString('hex')).toBe('ffd8');
  expect(Math.abs(Date.now() - Number(answer.headers['x-captured-at']))).toBeLessThan(10_000);
});

test('a door opens once for a token, and for no other', async () => {
  const door = await api.bus.liveDoor('gate-1');
  const ask = async (token: string) => {
    const headers = { Authorization: `Bearer ${token}` };
    return (await fetch(`${door?.url}/picture`, { headers })).status;
  };

  expect(await ask('AAAA')).toBe(403);
  expect(await ask(door?.token ?? '')).toBe(200);
  expect(await ask(door?.token ?? '')).toBe(403);
});

test('regression: a viewer of a camera that goes dark is told, and a picture is refused', async () => {
  const { words } = await watch();
  await vi.waitFor(() => expect(words).toHaveLength(1), { timeout: 10_000 });

  await simulator.close();

  await vi.waitFor(() => expect(words.at(-1)).toContain('camera-dark'), { timeout: 30_000 });
  const answer = await api.app.inject('/api/v1/cameras/gate-1/snapshot.jpg');
  expect([answer.statusCode, answer.json().code]).toEqual([503, 'camera-dark']);
  expect(answer.json().message).toContain('gives no picture since');
});
