import { expect, test } from 'vitest';
import { createMetrics } from '../../../core/metrics.ts';
import { decodeObservations } from '../../../core/observations/decode.ts';
import { SimulatedClock } from '../../../core/runtime/simulated-clock.ts';
import type { ObservationChunk } from '../../../core/schema/observation-chunk.ts';
import type { ObservedFrame, Track } from '../../../core/stages.ts';
import {
  blockedLaneWith,
  boxAt,
  cameraWith,
  intrusionWith,
} from '../../../test/fixtures/alerts/rehearsal.ts';
import { ObservationRecorder } from './observation-recorder.ts';

const person = (at: number): Track => ({
  ...{ trackId: 'gate-1-1', label: 'person', score: 1, box: boxAt(0.5, 0.5), startedAt: at, seenAt: at },
  ...{ hits: 1, isConfirmed: true, isSeenNow: true, stoodAtStart: false, stillMs: 0, speed: 0 },
});

const stage = (publish?: (chunk: ObservationChunk) => Promise<void>) => {
  const clock = new SimulatedClock();
  const chunks: ObservationChunk[] = [];
  const metrics = createMetrics();
  const recorder = new ObservationRecorder({
    ...{ clock, metrics, timezone: 'Asia/Shanghai' },
    publish: publish ?? (async (chunk) => void chunks.push(chunk)),
  });
  const set = (scenarios = [intrusionWith()]) => recorder.set({ camera: cameraWith(), scenarios });
  const look = (isEmpty = false): void => {
    const at = clock.now();
    const frame: ObservedFrame = {
      ...{ cameraId: 'gate-1', capturedAt: at, receivedAt: at, ptsUs: at * 1000, clockQuality: 'rtcp' },
      tracks: isEmpty ? [] : [person(at)],
    };
    recorder.look(frame);
    recorder.settle('gate-1');
  };
  const pass = async (seconds: number, isEmpty = false): Promise<void> => {
    for (let second = 0; second < seconds; second++) {
      look(isEmpty);
      await clock.advance(1000);
    }
  };
  return { clock, chunks, metrics, recorder, set, look, pass };
};

test('sends a minute of looks at a time, numbered, and says when the run has ended', async () => {
  const { chunks, recorder, set, pass } = stage();
  set();
  await pass(130);
  recorder.remove('gate-1');

  expect(chunks.map(({ number, looks, isLast }) => [number, looks, isLast])).toEqual([
    [0, 61, false],
    [1, 61, false],
    [2, 8, true],
  ]);
  expect(chunks.map(({ runAt }) => runAt)).toEqual(Array.from({ length: 3 }, () => chunks[0]?.from));
});

test('keeps what shows nothing together for five minutes', async () => {
  const { chunks, set, pass } = stage();
  set();
  await pass(301, true);

  expect(chunks.map(({ looks }) => looks)).toEqual([301]);
});

test('sends what led to an alert at once', async () => {
  const { chunks, recorder, set, look } = stage();
  set();
  recorder.alerted('gate-1');
  look();

  expect(chunks.map(({ looks }) => looks)).toEqual([1]);
});

test('sends what a camera showed last when no more comes', async () => {
  const { chunks, clock, recorder, set, pass } = stage();
  set();
  await pass(3);
  await clock.advance(60_000);
  recorder.tick(clock.now());

  expect(chunks.map(({ looks }) => looks)).toEqual([3]);
});

test('begins a chunk with changed settings, and none with the same', async () => {
  const { chunks, recorder, set, pass } = stage();
  set();
  await pass(2);
  set();
  await pass(2);
  set([intrusionWith({ dwell: '9s' })]);
  await pass(2);
  recorder.remove('gate-1');

  const prints = chunks.map(({ settings }) => settings.map(({ print }) => print));
  expect(chunks.map(({ looks }) => looks)).toEqual([4, 2]);
  expect(prints[0]).not.toEqual(prints[1]);
});

test('tells with a look when the scenarios looked at the clock before it, once', async () => {
  const { chunks, clock, recorder, set, look } = stage();
  set();
  look();
  const tickedAt = clock.now();
  recorder.tick(tickedAt);
  look();
  look();
  recorder.interrupt('gate-1');
  recorder.remove('gate-1');

  const found = decodeObservations(Buffer.from(chunks[0]?.data ?? '', 'base64'), 'gate-1') ?? [];
  expect(found.map((item) => (item.what === 'look' ? item.tickedAt : item.what))).toEqual([
    undefined,
    tickedAt,
    undefined,
    'interrupt',
  ]);
});

test('leaves a number out for a frame that could not be stored', async () => {
  const { chunks, recorder, set, look } = stage();
  set();
  look();
  recorder.skip('gate-1');
  look();
  recorder.remove('gate-1');

  expect(chunks.map(({ number }) => number)).toEqual([0, 2]);
});

test('drops and counts what a bus that is away does not take', async () => {
  const refused = stage(() => Promise.reject(new Error('away')));
  refused.set();
  refused.look();
  await refused.recorder.close();
  const silent = stage(() => new Promise(() => {}));
  silent.set([blockedLaneWith()]);
  for (let alert = 0; alert < 300; alert++) {
    silent.recorder.alerted('gate-1');
    silent.look();
  }

  expect(await refused.metrics.text()).toContain('xueliang_observations_unpublished_total 1');
  expect(await silent.metrics.text()).toContain('xueliang_observations_unpublished_total 44');
});

test('ignores cameras that it does not know', async () => {
  const { chunks, recorder, look } = stage();
  look();
  recorder.interrupt('gate-1');
  recorder.remove('gate-1');

  expect(chunks).toEqual([]);
});
