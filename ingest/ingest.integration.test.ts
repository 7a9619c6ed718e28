import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { CameraCause } from '../core/schema/health.ts';
import type { CameraCredentials } from '../core/stages.ts';
import { openSimulator, type Simulator } from '../deploy/simulator/index.ts';
import { encodeClip, moving, quarters } from '../test/fixtures/ingest/encode-clip.ts';
import { RunningIngest, type SeenFrame } from '../test/fixtures/ingest/running-ingest.ts';
import { testCamera } from '../test/fixtures/ingest/test-camera.ts';

const password = "p@ss:/?#&'值";
const credentials = { user: 'viewer', password };

let folder = '';
let simulator: Simulator;
/** For all tests that do not need one of their own. */
let it: RunningIngest;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'ingest-clips-'));
  const clip = (name: string, graph: string, codec: 'h264' | 'h265' | 'mjpeg') =>
    encodeClip(folder, name, graph, codec);
  const still = await clip('quarters.mp4', quarters, 'h264');
  const file = await clip('moving.mp4', moving, 'h264');
  const auth = { user: 'viewer', password };
  simulator = await openSimulator({
    mounts: [
      { path: '/still', file: still },
      { path: '/still-h265', file: await clip('quarters-h265.mp4', quarters, 'h265'), codec: 'h265' },
      { path: '/moving', file },
      { path: '/mjpeg', file: await clip('moving.avi', moving, 'mjpeg'), codec: 'mjpeg' },
      { path: '/digest', file, auth },
      { path: '/basic', file, auth: { ...auth, method: 'basic' } },
      { path: '/stall', file, fault: { kind: 'stall', afterSeconds: 2 } },
      { path: '/garbage', file, timeline: 'client', fault: { kind: 'garbage', afterSeconds: 3 } },
      { path: '/close', file, fault: { kind: 'close', afterSeconds: 2 } },
      { path: '/audio', fault: { kind: 'audioOnly' } },
    ],
  });
  it = await RunningIngest.open();
});

afterAll(async () => {
  await it?.close();
  await simulator?.close();
  await rm(folder, { recursive: true, force: true });
});

afterEach(() => it.clear());

const childScript = new URL('../test/fixtures/ingest/ingest-child.ts', import.meta.url);

const cameraAt = (id: string, mount = `/${id}`) => testCamera(id, simulator.url(mount));

/** The three bytes at a share of the picture's width and height. */
const pixelAt = (frame: SeenFrame, x: number, y: number): number[] => {
  const at = (Math.round(y * frame.height) * frame.width + Math.round(x * frame.width)) * 3;
  return [...frame.pixels.subarray(at, at + 3)];
};

/** Colours that went through 4:2:0 and back are a little off. */
const expectColour = (actual: number[], expected: number[]): void => {
  for (const [channel, value] of expected.entries())
    expect(Math.abs((actual[channel] ?? 0) - value)).toBeLessThan(16);
};

test.each(['still', 'still-h265'])(
  'puts the picture of %s into a slot, letterboxed, in BGR',
  async (mount) => {
    it.ingest.setCamera(cameraAt(mount), undefined);

    const frame = await it.nextFrame(mount);

    expect(frame).toMatchObject({ width: 416, height: 312, pool: 0, tier: 'awake' });
    expectColour(pixelAt(frame, 0.25, 0.25), [0, 0, 255]);
    expectColour(pixelAt(frame, 0.75, 0.25), [0, 255, 0]);
    expectColour(pixelAt(frame, 0.25, 0.75), [255, 0, 0]);
    expectColour(pixelAt(frame, 0.75, 0.75), [255, 255, 255]);
    expectColour(pixelAt(frame, 0.995, 0.995), [255, 255, 255]);
  },
);

test('stretches the picture and orders its bytes as RGB when the detector wants that', async () => {
  await using own = await RunningIngest.open({
    spec: { width: 320, height: 352, fit: 'stretch', pixel: 'rgb' },
  });
  own.ingest.setCamera(cameraAt('still'), undefined);

  const frame = await own.nextFrame('still');

  expect(frame).toMatchObject({ width: 320, height: 352 });
  expectColour(pixelAt(frame, 0.25, 0.25), [255, 0, 0]);
  expectColour(pixelAt(frame, 0.25, 0.75), [0, 0, 255]);
});

test('takes the time of light from RTCP, and a live camera tells its numbers', async () => {
  it.ingest.setCamera(cameraAt('moving'), undefined);

  const status = await it.until('moving', (now) => now.clockQuality === 'rtcp');
  const frame = await it.nextFrame('moving');

  expect(frame.clockQuality).toBe('rtcp');
  expect(Math.abs(frame.receivedAt - frame.capturedAt)).toBeLessThan(1000);
  expect(status).toMatchObject({ state: 'live', codec: 'h264', width: 320, height: 240, connects: 1 });
  const settled = await it.until(
    'moving',
    ({ streamFps, gopSeconds = 0 }) => streamFps > 20 && gopSeconds > 0,
  );
  expect(settled.gopSeconds).toBeCloseTo(1, 1);
  expect(settled.costCores).toBeGreaterThan(0);
});

test('lets a camera without change sleep, and wakes it for a scenario at its rate', async () => {
  it.ingest.setCamera(cameraAt('still'), undefined);
  await it.until('still', ({ tier, dropped }) => tier === 'dormant' && dropped.quiet > 0, 30_000);
  const before = it.framesOf('still').length;

  it.ingest.keepAwake('still', 3_000, 10);
  await it.until('still', ({ tier }) => tier === 'awake');
  await it.until('still', ({ tier }) => tier === 'dormant');

  const woken = it.framesOf('still').slice(before);
  expect(woken.length).toBeGreaterThan(24);
  expect(woken.length).toBeLessThan(40);
});

test('receives over UDP when asked to', async () => {
  const camera = cameraAt('moving');
  it.ingest.setCamera({ ...camera, stream: { ...camera.stream, transport: 'udp' } }, undefined);

  expect(await it.nextFrame('moving')).toMatchObject({ width: 416, height: 312 });
});

test('refuses a camera beyond those that FFmpeg may read, and takes it once another has gone', async () => {
  const one = await RunningIngest.open({ ffmpegCameras: 1 });
  try {
    const overUdp = (id: string) => {
      const camera = testCamera(id, simulator.url('/moving'));
      return { ...camera, stream: { ...camera.stream, transport: 'udp' as const } };
    };
    one.ingest.setCamera(overUdp('first'), undefined);
    await one.nextFrame('first');
    one.ingest.setCamera(overUdp('second'), undefined);
    const refused = await one.until('second', ({ cause }) => cause !== undefined);

    expect(refused).toMatchObject({ state: 'lost', cause: 'no-capacity' });
    expect(refused.message).toContain('FFmpeg reads 1 cameras of this worker at most');
    await one.ingest.removeCamera('first');
    expect(await one.nextFrame('second')).toMatchObject({ cameraId: 'second' });
  } finally {
    await one.close();
  }
}, 40_000);

test.each(['digest', 'basic'])('signs in by %s with a password full of traps', async (mount) => {
  it.ingest.setCamera(cameraAt(mount), credentials);

  expect(await it.nextFrame(mount)).toMatchObject({ cameraId: mount });
});

/** An address at which nobody listens. */
const nowhere = async (): Promise<string> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return `rtsp://127.0.0.1:${port}/x`;
};

type Failing = [cause: CameraCause, url: () => string | Promise<string>, credentials?: CameraCredentials];

const failing: Failing[] = [
  ['unauthorised', () => simulator.url('/digest'), { user: 'viewer', password: 'hunter2' }],
  ['unauthorised', () => simulator.url('/digest')],
  ['not-found', () => simulator.url('/nowhere')],
  ['no-video', () => simulator.url('/audio')],
  ['unsupported-codec', () => simulator.url('/mjpeg')],
  ['refused', nowhere],
  ['address-forbidden', () => 'rtsp://192.0.2.1/x'],
  ['address-forbidden', () => 'http://127.0.0.1/x'],
];

test.each(failing)('tells the operator that a camera is %s', async (cause, url, wrong) => {
  it.ingest.setCamera(testCamera('a', await url()), wrong);

  const status = await it.until('a', ({ state }) => state === 'lost');

  expect(status.cause).toBe(cause);
  expect(status.message).toBeTruthy();
  expect(status.message).not.toContain('hunter2');
});

test.each([
  ['stall', 'stalled'],
  ['close', 'closed-by-camera'],
])('opens a camera again after a %s', async (mount, cause) => {
  const camera = cameraAt(mount);
  it.ingest.setCamera({ ...camera, stream: { ...camera.stream, watchdog: '2s' } }, undefined);

  const lost = await it.until(mount, ({ state }) => state === 'lost');
  const back = await it.until(mount, ({ state, connects }) => state === 'live' && connects > 1);

  expect(lost.cause).toBe(cause);
  expect(back.cause).toBeUndefined();
  const frames = it.framesOf(mount);
  const times = frames.map((frame) => frame.ptsUs);
  expect(times).toEqual([...times].sort((a, b) => a - b));
  expect(frames.at(-1)?.session).toBeGreaterThan(frames[0]?.session ?? 0);
});

test('keeps the neighbour on the same thread going while a camera sends garbage', async () => {
  it.ingest.setCamera(cameraAt('moving'), undefined);
  it.ingest.keepAwake('moving', 60_000, 5);
  it.ingest.setCamera(cameraAt('garbage'), undefined);

  const lost = await it.until('garbage', ({ state }) => state === 'lost', 40_000);

  expect(lost.cause, JSON.stringify(lost)).toBe('undecodable');
  const neighbour = it.framesOf('moving');
  const seconds = ((neighbour.at(-1)?.receivedAt ?? 0) - (neighbour[0]?.receivedAt ?? 0)) / 1e3;
  expect(seconds).toBeGreaterThan(10);
  expect(neighbour.length / seconds).toBeGreaterThan(4.5);
  expect(it.status('moving')).toMatchObject({ state: 'live', connects: 1 });
  expect(await it.metrics.text()).toMatch(/xueliang_ingest_decode_errors_total [1-9]/);
});

test('finds its cameras again after the server was killed and started anew', async () => {
  const mounts = [{ path: '/moving', file: path.join(folder, 'moving.mp4') }];
  const first = await openSimulator({ mounts });
  it.ingest.setCamera(testCamera('a', first.url('/moving')), undefined);
  await it.until('a', ({ state }) => state === 'live');

  process.kill(first.pid, 'SIGKILL');
  await first.done;
  const lost = await it.until('a', ({ state }) => state === 'lost');
  const second = await openSimulator({ mounts, port: first.port });

  const back = await it.until('a', ({ state }) => state === 'live', 40_000);
  expect(['closed-by-camera', 'refused']).toContain(lost.cause);
  expect(back.connects).toBe(2);
  await second.close();
});

test('cuts snapshot and clip out of the ring', async () => {
  it.ingest.setCamera(cameraAt('moving'), undefined);
  await it.until('moving', ({ ringSeconds }) => ringSeconds > 3);
  const { cameraId, ptsUs, capturedAt } = await it.nextFrame('moving');
  const alertId = '01KAM5V9Q0000000000000000A';

  const outline: [number, number][] = [
    [0, 0],
    [1, 0],
    [1, 1],
  ];
  it.ingest.requestEvidence({
    alertId,
    cameraId,
    ptsUs,
    capturedAt,
    boxes: [],
    outline,
    preSeconds: 2,
    postSeconds: 2,
  });
  await vi.waitFor(() => expect(it.outcomes).toHaveLength(2), { timeout: 15_000 });

  const items = it.outcomes.flatMap((outcome) => ('item' in outcome ? [outcome.item] : []));
  expect(items.map((item) => item.medium).sort()).toEqual(['clip', 'snapshot']);
  expect(items.find((item) => item.medium === 'clip')?.durationMs).toBeGreaterThan(3500);
  expect((await stat(it.folder)).isDirectory()).toBe(true);
});

test('says at once that evidence of a camera it does not have will not come', async () => {
  it.ingest.requestEvidence({
    ...{ alertId: '01KAM5V9Q0000000000000000A', cameraId: 'unknown', ptsUs: 0, capturedAt: 0 },
    ...{ boxes: [], outline: [], preSeconds: 5, postSeconds: 5 },
  });

  expect(it.outcomes.map((outcome) => outcome.medium)).toEqual(['snapshot', 'clip']);
});

test('ends cleanly at the end of the process, and no password has been printed', async () => {
  const child = spawn(process.execPath, ['--import', 'tsx', fileURLToPath(childScript)], {
    env: { ...process.env, CAMERA_URL: simulator.url('/digest'), CAMERA_PASSWORD: password },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (printed += String(text)));

  const [code] = await once(child, 'close');

  expect(code, printed).toBe(0);
  expect(printed).toContain('frames of right');
  expect(printed).toContain('wrong is lost: unauthorised');
  for (const secret of [password, encodeURIComponent(password), 'hunter2', '@127.0.0.1']) {
    expect(printed).not.toContain(secret);
  }
});

test('spreads cameras over its threads, each with its own pool, and forgets a removed one', async () => {
  await using own = await RunningIngest.open({ threads: 2 });
  own.ingest.setCamera(cameraAt('still'), undefined);
  own.ingest.setCamera(cameraAt('moving'), undefined);
  const pools = [(await own.nextFrame('still')).pool, (await own.nextFrame('moving')).pool];

  await own.ingest.removeCamera('still');
  const after = own.framesOf('still').length;
  await own.nextFrame('moving');

  expect(pools.sort()).toEqual([0, 1]);
  expect(own.status('still')).toBeUndefined();
  expect(own.framesOf('still')).toHaveLength(after);
});

test('tells from its thread why a camera woke, and nothing of one that is not there', async () => {
  it.ingest.setCamera(cameraAt('still'), undefined);
  await it.until('still', ({ tier, dropped }) => tier === 'dormant' && dropped.quiet > 0, 30_000);
  it.ingest.keepAwake('still', 3_000, 10);
  await it.until('still', ({ tier }) => tier === 'awake');

  const record = await it.ingest.explain('still');

  expect(record?.tierChanges[0]).toMatchObject({ tier: 'awake', reason: 'opened' });
  expect(record?.tierChanges.at(-1)).toMatchObject({ tier: 'awake', reason: 'scenario' });
  expect(record?.minutes.at(-1)?.received).toBeGreaterThan(0);
  expect(await it.ingest.explain('elsewhere')).toBeUndefined();
});
