import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type LiveDoors, openLiveDoors } from '../../commands/worker/live/open-live-door.ts';
import { systemClock } from '../../core/runtime/clock.ts';
import { openSimulator, type Simulator } from '../../deploy/simulator/index.ts';
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

/** A camera, its threads, the worker's door and the API, each as it is, but for the bus. */
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'xueliang-live-'));
  const file = await encodeClip(folder, 'moving.mp4', moving, 'h264');
  simulator = await openSimulator({ mounts: [{ path: '/gate-1', file }] });
  cameras = await RunningIngest.open();
  doors = await openLiveDoors({
    ...{ bus: api.bus, source: cameras.ingest, clock: systemClock, host: '127.0.0.1' },
  });
  doors.set('gate-1');
  cameras.ingest.setCamera(testCamera('gate-1', simulator.url('/gate-1')), undefined);
  await api.app.ready();
  await cameras.until('gate-1', ({ state }) => state === 'live');
});

afterAll(async () => {
  await api.app.close();
  await doors?.close();
  await cameras?.close();
  await simulator?.close();
  await rm(folder, { recursive: true, force: true });
});

const watch = async () => {
  const got: Buffer[] = [];
  const words: string[] = [];
  const socket = await api.app.injectWS(
    '/api/v1/cameras/gate-1/live',
    { headers: { host: 'localhost' } },
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
