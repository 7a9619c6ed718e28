import { pino } from 'pino';
import { expect, test } from 'vitest';
import { SimulatedClock } from '../../core/runtime/simulated-clock.ts';
import type { CameraStatus } from '../../core/schema/health.ts';
import { testCamera } from '../../test/fixtures/ingest/test-camera.ts';
import { noFaults } from '../session/camera-faults.ts';
import { CameraHost, type HostedCamera } from './camera-host.ts';
import type { FromCameraThread } from './messages.ts';

/** A host of cameras that write down what happens to them. */
const scriptedHost = () => {
  const clock = new SimulatedClock();
  const story: string[] = [];
  const posted: FromCameraThread[] = [];
  let started = 0;
  const host = new CameraHost({
    clock,
    log: pino({ level: 'silent' }),
    post: (message) => posted.push(message),
    takeLoad: () => ({ delayP99Ms: 4, busyShare: 0.5 }),
    onAnswer: (ticket, isYes) => story.push(`answer ${ticket} ${isYes}`),
    start: (camera, credentials): HostedCamera => {
      const name = `${camera.id}#${++started}`;
      story.push(`start ${name} ${credentials?.user ?? '-'}`);
      return {
        faults: { ...noFaults, decodeErrors: 3, lostPackets: 2 },
        describe: (next, wish) =>
          story.push(`describe ${name} ${next.name}${wish ? ` wants ${wish.minSize}` : ''}`),
        keepAwake: (holdMs, fps) => story.push(`awake ${name} ${holdMs} ${fps}`),
        sawNothing: () => story.push(`nothing ${name}`),
        degrade: (to) => story.push(`degrade ${name} ${to}`),
        requestEvidence: ({ alertId }) => story.push(`evidence ${name} ${alertId}`),
        takePicture: async () => ({ jpeg: Buffer.from(name), capturedAt: 1, width: 2, height: 2 }),
        wantLive: (isWanted) => story.push(`live ${name} ${isWanted}`),
        tick: () => story.push(`tick ${name}`),
        status: () => ({ cameraId: camera.id }) as CameraStatus,
        record: () => ({ minutes: [], tierChanges: [{ at: started, tier: 'awake', reason: 'opened' }] }),
        close: async () => {
          await clock.sleep(500);
          story.push(`closed ${name}`);
        },
      };
    },
  });
  return { host, clock, story, posted };
};

const evidence = (cameraId: string) => ({
  ...{ alertId: '01J', cameraId, ptsUs: 0, capturedAt: 0, boxes: [] },
  ...{ outline: [], preSeconds: 5, postSeconds: 5 },
});

test('closes a camera before it opens it with another address', async () => {
  const { host, clock, story } = scriptedHost();
  host.take({ type: 'set-camera', camera: testCamera('a'), credentials: undefined });
  await clock.advance(0);

  host.take({ type: 'set-camera', camera: testCamera('a', 'rtsp://10.1.2.4/x'), credentials: undefined });
  host.take({ type: 'set-camera', camera: testCamera('a', 'rtsp://10.1.2.5/x'), credentials: { user: 'u' } });
  await clock.advance(600);

  expect(story).toEqual(['start a#1 -', 'closed a#1', 'start a#2 u']);
});

test('says what is wanted of pictures when it starts a camera and when that changes, without opening it anew', async () => {
  const { host, clock, story } = scriptedHost();
  const message = { type: 'set-camera', camera: testCamera('a'), credentials: undefined } as const;
  host.take({ ...message, wish: { minSize: 0.1 } });
  await clock.advance(0);

  host.take({ ...message, wish: { minSize: 0.2 } });
  host.take(message);

  expect(story).toEqual([
    'start a#1 -',
    'describe a#1 a wants 0.1',
    'describe a#1 a wants 0.2',
    'describe a#1 a',
  ]);
});

test('keeps the stream of a camera of which only the name has changed', async () => {
  const { host, clock, story } = scriptedHost();
  host.take({ type: 'set-camera', camera: testCamera('a'), credentials: { user: 'u' } });
  await clock.advance(0);

  host.take({ type: 'set-camera', camera: { ...testCamera('a'), name: 'gate' }, credentials: { user: 'u' } });

  expect(story).toEqual(['start a#1 u', 'describe a#1 gate']);
});

test('does not start a camera that is removed before its turn', async () => {
  const { host, clock, story, posted } = scriptedHost();
  host.take({ type: 'set-camera', camera: testCamera('a'), credentials: undefined });
  host.take({ type: 'set-camera', camera: testCamera('a', 'rtsp://10.1.2.4/x'), credentials: undefined });
  host.take({ type: 'remove-camera', cameraId: 'a', ticket: 7 });
  await clock.advance(600);

  expect(story).toEqual(['start a#1 -', 'closed a#1']);
  expect(posted).toContainEqual({ type: 'camera-removed', ticket: 7 });
});

test('tells of a removal when the camera is closed, also of one that it does not have', async () => {
  const { host, clock, posted } = scriptedHost();
  host.take({ type: 'set-camera', camera: testCamera('a'), credentials: undefined });
  await clock.advance(0);
  host.take({ type: 'remove-camera', cameraId: 'a', ticket: 1 });
  host.take({ type: 'remove-camera', cameraId: 'b', ticket: 2 });

  await clock.advance(499);
  expect(posted).toEqual([{ type: 'camera-removed', ticket: 2 }]);
  await clock.advance(1);
  expect(posted).toContainEqual({ type: 'camera-removed', ticket: 1 });
});

test('tells the status of all cameras every second, and their decode errors over all time', async () => {
  const { host, clock, posted } = scriptedHost();
  for (const id of ['a', 'b'])
    host.take({ type: 'set-camera', camera: testCamera(id), credentials: undefined });
  await clock.advance(1000);
  host.take({ type: 'remove-camera', cameraId: 'a', ticket: 1 });
  await clock.advance(1000);

  const told = posted.flatMap((message) =>
    message.type === 'statuses'
      ? [[message.statuses.map((status) => status.cameraId), message.faults.decodeErrors]]
      : [],
  );
  expect(told).toEqual([
    [['a', 'b'], 6],
    [['b'], 6],
  ]);
});

test('tells every second how busy its thread is', async () => {
  const { clock, posted } = scriptedHost();
  await clock.advance(1000);

  expect(posted).toContainEqual({ type: 'load', load: { delayP99Ms: 4, busyShare: 0.5 } });
});

test('passes wishes on to the camera, and says at once that evidence of an unknown one will not come', async () => {
  const { host, clock, story, posted } = scriptedHost();
  host.take({ type: 'set-camera', camera: testCamera('a'), credentials: undefined });
  await clock.advance(0);
  for (const cameraId of ['a', 'b']) {
    host.take({ type: 'keep-awake', cameraId, holdMs: 5, fps: 2 });
    host.take({ type: 'saw-nothing', cameraId });
    host.take({ type: 'degrade', cameraId, to: 'slow' });
    host.take({ type: 'evidence', request: evidence(cameraId) });
  }

  expect(story.slice(1)).toEqual(['awake a#1 5 2', 'nothing a#1', 'degrade a#1 slow', 'evidence a#1 01J']);
  expect(posted).toMatchObject([
    { type: 'evidence', outcome: { cameraId: 'b', medium: 'snapshot' } },
    { type: 'evidence', outcome: { cameraId: 'b', medium: 'clip' } },
  ]);
});

test('tells what a camera remembers, and nothing of an unknown one', async () => {
  const { host, clock, posted } = scriptedHost();
  host.take({ type: 'set-camera', camera: testCamera('a'), credentials: undefined });
  await clock.advance(0);

  host.take({ type: 'explain', cameraId: 'a', ticket: 1 });
  host.take({ type: 'explain', cameraId: 'b', ticket: 2 });

  expect(posted).toEqual([
    {
      type: 'explained',
      ticket: 1,
      record: { minutes: [], tierChanges: [{ at: 1, tier: 'awake', reason: 'opened' }] },
    },
    { type: 'explained', ticket: 2, record: undefined },
  ]);
});

test('closes all cameras before it says that it is closed, and starts none after', async () => {
  const { host, clock, story, posted } = scriptedHost();
  host.take({ type: 'set-camera', camera: testCamera('a'), credentials: undefined });
  await clock.advance(0);

  host.take({ type: 'close' });
  host.take({ type: 'set-camera', camera: testCamera('b'), credentials: undefined });
  await clock.advance(500);

  expect(story).toEqual(['start a#1 -', 'closed a#1']);
  expect(posted.at(-1)).toEqual({ type: 'closed' });
  expect(clock.sleeping).toBe(0);
});

test('goes on showing a camera that is opened with another address', async () => {
  const { host, clock, story } = scriptedHost();
  host.take({ type: 'set-camera', camera: testCamera('a'), credentials: undefined });
  await clock.advance(0);
  host.take({ type: 'want-live', cameraId: 'a', isWanted: true });

  host.take({ type: 'set-camera', camera: testCamera('a', 'rtsp://10.1.2.4/x'), credentials: undefined });
  await clock.advance(600);

  expect(story).toEqual(['start a#1 -', 'live a#1 true', 'closed a#1', 'start a#2 -', 'live a#2 true']);
});

test('answers a question for a picture, also of a camera it does not have', async () => {
  const { host, clock, posted } = scriptedHost();
  host.take({ type: 'set-camera', camera: testCamera('a'), credentials: undefined });
  await clock.advance(0);

  host.take({ type: 'take-picture', cameraId: 'a', ticket: 1 });
  host.take({ type: 'take-picture', cameraId: 'b', ticket: 2 });
  await clock.advance(0);

  expect(posted).toContainEqual(
    expect.objectContaining({
      type: 'picture-taken',
      ticket: 1,
      answer: expect.objectContaining({ width: 2 }),
    }),
  );
  expect(posted).toContainEqual(
    expect.objectContaining({
      ticket: 2,
      answer: { code: 'camera-dark', message: 'it is being opened' },
    }),
  );
});
