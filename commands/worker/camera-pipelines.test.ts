import { expect, test } from 'vitest';
import type { FrameRef } from '../../core/frame-slots.ts';
import type { Camera } from '../../core/schema/camera.ts';
import type { CameraStatus } from '../../core/schema/health.ts';
import type { ObservedFrame } from '../../core/stages.ts';
import { createStaticFilter, createTracker } from '../../inference/index.ts';
import { countShapeChanges } from '../../test/fixtures/shapes.ts';
import { CameraPipelines } from './camera-pipelines.ts';

const camera = (place = '431103110201'): Camera => ({
  id: 'gate',
  name: '村口',
  place,
  stream: { url: 'rtsp://127.0.0.1/gate' },
  register: { category: 'road', signPosted: true, filingNumber: '1', owner: '镇政府' },
});

const frame = (second: number, session = 1): FrameRef => ({
  cameraId: 'gate',
  session,
  pool: 0,
  slot: 0,
  lookWithinMs: 333,
  width: 416,
  height: 312,
  ptsUs: second * 1e6,
  capturedAt: 1_000_000 + second * 1000,
  receivedAt: 1_000_050 + second * 1000,
  clockQuality: 'rtcp',
  tier: 'awake',
});

const person = { label: 'person' as const, score: 0.9, box: { x: 0.4, y: 0.4, w: 0.1, h: 0.3 } };

const open = () => {
  let now = 0;
  const seen: string[] = [];
  const observed: ObservedFrame[] = [];
  const pipelines = new CameraPipelines({
    createTracker: ({ id, place }) => createTracker({ cameraId: id, place }),
    engine: {
      observe: (looked) => {
        const { tracks, receivedAt, isRepeat } = looked;
        observed.push(looked);
        seen.push(`observe ${tracks.length} ${receivedAt}${isRepeat ? ' repeated' : ''}`);
      },
      interrupt: (cameraId) => seen.push(`interrupt ${cameraId}`),
    },
    onLooked: (cameraId, tracks) => seen.push(`looked ${cameraId} ${tracks.length}`),
    onNothing: (cameraId) => seen.push(`nothing ${cameraId}`),
    onTracksEnded: (rows) => seen.push(...rows.map((row) => `ended ${row.label} ${row.place}`)),
    createStaticFilter: (known) => createStaticFilter({ spots: known }),
    onSpots: () => undefined,
    onUnfollowed: () => undefined,
    onSifted: (cameraId, count) => seen.push(`sifted ${cameraId} ${count}`),
    sureScore: 0.4,
    clock: { now: () => 1_000_000 + now, monotonic: () => now },
  });
  pipelines.set(camera());
  return {
    pipelines,
    observed,
    seen,
    later: (ms: number) => {
      now += ms;
    },
  };
};

const status: CameraStatus = {
  cameraId: 'gate',
  place: '431103110201',
  workerId: 'worker-1',
  at: 1,
  state: 'live',
  since: 1,
  tier: 'awake',
  streamFps: 25,
  detectFps: 0,
  bitrateKbps: 1,
  clockQuality: 'rtcp',
  connects: 1,
  costCores: 0.1,
  ringBytes: 0,
  ringSeconds: 0,
  dropped: { quiet: 5, behind: 1, shed: 0, 'detector-busy': 0 },
};

test('takes detections through tracker and scenarios with the frame’s own times', () => {
  const { pipelines, seen } = open();
  pipelines.look(frame(0), [person], 20);

  expect(seen).toEqual(['observe 1 1000050', 'looked gate 1']);
});

test('ends tracks and interrupts situations when the camera was connected again', () => {
  const { pipelines, seen } = open();
  for (let second = 0; second < 4; second++) pipelines.look(frame(second), [person], 20);
  seen.length = 0;
  pipelines.look(frame(9, 2), [], 20);

  expect(seen).toEqual(['ended person 431103110201', 'interrupt gate', 'observe 0 1009050', 'looked gate 0']);
});

test('keeps the tracks when settings change, and ends them when the place does', () => {
  const { pipelines, seen } = open();
  for (let second = 0; second < 4; second++) pipelines.look(frame(second), [person], 20);
  pipelines.set(camera());
  expect(seen.some((line) => line.startsWith('ended'))).toBe(false);
  pipelines.set(camera('431103110203'));

  expect(seen).toContain('ended person 431103110201');
});

test('adds looks, cost and drops to the camera’s own status', () => {
  const { pipelines, later } = open();
  for (let second = 0; second < 4; second++) pipelines.look(frame(second), [], 50);
  pipelines.drop(frame(5), 'detector-busy');
  later(2000);

  expect(pipelines.complete(status)).toMatchObject({
    detectFps: 2,
    costCores: 0.2,
    dropped: { quiet: 5, behind: 1, shed: 0, 'detector-busy': 1 },
  });
});

test('remembers looks, drops, the last detection and track, and the status that was told', () => {
  const { pipelines } = open();
  pipelines.look(frame(0), [person], 20);
  pipelines.drop(frame(1), 'behind');
  const told = pipelines.complete(status);
  const seen = pipelines.record('gate');

  expect(seen?.status).toBe(told);
  expect(seen?.looks.minutes).toMatchObject([{ counts: { inferred: 1, dropped: { behind: 1 } } }]);
  expect(seen?.looks.last).toMatchObject({
    lastDetection: { ...person, at: 1_000_000 },
    lastTrack: { label: 'person', isConfirmed: false },
  });
  expect(pipelines.record('elsewhere')).toBeUndefined();
});

test('says when a dormant look showed nothing, and not when it showed something or was one of many', () => {
  const { pipelines, seen } = open();
  pipelines.look(frame(0), [], 20);
  pipelines.look({ ...frame(15), tier: 'dormant' }, [person], 20);
  expect(seen).not.toContain('nothing gate');

  const { pipelines: empty, seen: told } = open();
  empty.look({ ...frame(15), tier: 'dormant' }, [], 20);
  expect(told.at(-1)).toBe('nothing gate');
});

test('a repeated look goes through the scenarios as one that found nothing, and costs none', () => {
  const { pipelines, seen, later } = open();
  pipelines.look({ ...frame(0), tier: 'dormant' }, [], 20);
  const looked = pipelines.record('gate')?.looks;
  pipelines.complete(status);
  seen.length = 0;
  later(15_000);
  pipelines.repeat({ ...frame(15), tier: 'dormant' });

  expect(seen).toEqual(['observe 0 1015050 repeated', 'looked gate 0']);
  expect(pipelines.complete(status)).toMatchObject({ detectFps: 0, costCores: 0.1 });
  expect(pipelines.record('gate')?.looks.last.lookedAt).toBe((looked?.last.lookedAt ?? 0) + 15_000);
  expect(pipelines.record('gate')?.looks.minutes).toEqual(looked?.minutes);
});

test('passes over a frame of a camera that was just removed', () => {
  const { pipelines, seen } = open();
  pipelines.remove('gate');
  pipelines.look(frame(0), [person], 20);

  expect(seen).toEqual([]);
});

test('takes weak boxes that recur in one spot from the tracker, and counts them', () => {
  const { pipelines, seen } = open();
  const sign = { ...person, score: 0.4 };
  for (let second = 0; second < 30; second++) pipelines.look(frame(second), [sign], 20);

  expect(seen.filter((line) => line.startsWith('sifted')).length).toBeGreaterThan(5);
  expect(seen.at(-3)).toBe('sifted gate 1');
});

test('gives scenarios frames of one shape', () => {
  const { pipelines, observed } = open();
  for (let second = 0; second < 60; second++) pipelines.look(frame(second), [person], 10);

  expect(countShapeChanges(observed.slice(-30))).toBe(0);
});
