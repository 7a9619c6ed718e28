import { describe, expect, test, vi } from 'vitest';
import type { FrameRef } from '../core/frame-slots.ts';
import { createLogger } from '../core/log.ts';
import { createMetrics } from '../core/metrics.ts';
import { SimulatedClock } from '../core/runtime/simulated-clock.ts';
import type { DropReason } from '../core/schema/health.ts';
import { tinyYoloxCard } from '../test/fixtures/inference/cards.ts';
import { createFramePool, frameOf } from '../test/fixtures/inference/frames.ts';
import { ScriptedLooker } from '../test/fixtures/inference/scripted-looker.ts';
import { inferenceError } from './errors.ts';
import { frameSpecOf } from './frame-spec.ts';
import { openQueuedDetector } from './queued-detector.ts';

interface SetUp {
  threads?: number;
  queueLimit?: number;
  /** Called before each thread starts; may throw. */
  onOpen?: (count: number) => void;
}

const setUp = async ({ threads = 1, queueLimit = 4, onOpen }: SetUp = {}) => {
  const { slots, pools } = createFramePool(frameSpecOf(tinyYoloxCard), 8);
  const lookers: ScriptedLooker[] = [];
  const found: [string, number][] = [];
  const dropped: [string, DropReason][] = [];
  const clock = new SimulatedClock();
  const metrics = createMetrics();
  const detector = await openQueuedDetector(
    {
      modelId: 'scripted',
      threads,
      pools,
      queueLimit,
      clock,
      metrics,
      log: createLogger({ level: 'silent' }),
      events: {
        onDetections: ({ cameraId }, _, costMs) => found.push([cameraId, costMs]),
        onDropped: ({ cameraId }, reason) => dropped.push([cameraId, reason]),
      },
    },
    async () => {
      onOpen?.(lookers.length + 1);
      const looker = new ScriptedLooker(slots);
      lookers.push(looker);
      return looker;
    },
  );
  const submit = (cameraId: string): FrameRef => {
    const frame = frameOf(cameraId, slots.acquire());
    detector.submit(frame);
    return frame;
  };
  return { detector, slots, lookers, found, dropped, clock, metrics, submit };
};

describe('openQueuedDetector', () => {
  test('hands frames to idle threads, tells what they found and what it cost', async () => {
    const { submit, lookers, found } = await setUp({ threads: 2 });
    submit('a');
    submit('b');
    for (const looker of lookers) looker.answer();

    await vi.waitFor(() =>
      expect(found).toEqual([
        ['a', 23],
        ['b', 23],
      ]),
    );
  });

  test('keeps a camera’s frames in order: the next one waits while one is looked at, idle threads or not', async () => {
    const { submit, lookers, found } = await setUp({ threads: 2 });
    submit('a');
    submit('a');
    expect(lookers.map(({ isBusy }) => isBusy).filter(Boolean)).toHaveLength(1);
    lookers.find(({ isBusy }) => isBusy)?.answer();
    await vi.waitFor(() => expect(found).toHaveLength(1));

    expect(lookers.map(({ isBusy }) => isBusy).filter(Boolean)).toHaveLength(1);
  });

  test('keeps one frame per camera waiting and frees the slot of the one it drops', async () => {
    const { submit, slots, lookers, dropped, found } = await setUp();
    for (const camera of ['a', 'b', 'b', 'b', 'c']) submit(camera);
    expect(dropped).toEqual([
      ['b', 'behind'],
      ['b', 'behind'],
    ]);
    expect(slots.taken).toBe(2);

    for (let answers = 1; answers <= 3; answers++) {
      lookers[0]?.answer();
      await vi.waitFor(() => expect(found).toHaveLength(answers));
    }
    expect(found.map(([camera]) => camera)).toEqual(['a', 'b', 'c']);
    expect(slots.taken).toBe(0);
  });

  test('drops the longest waiting camera’s frame when all places are taken', async () => {
    const { submit, slots, dropped } = await setUp({ queueLimit: 2 });
    for (const camera of ['a', 'b', 'c', 'd']) submit(camera);

    expect(dropped).toEqual([['b', 'detector-busy']]);
    expect(slots.taken).toBe(2);
  });

  test('tells how long its threads worked and how late its frames came to them, those under way included', async () => {
    const { submit, lookers, detector, clock, found } = await setUp();
    submit('a');
    submit('b');
    await clock.advance(333);
    expect(detector.load()).toEqual({ threads: 1, busyMs: 333, handed: 1, lateMs: 0, latestMs: 0 });
    await clock.advance(100);
    expect(detector.load()).toEqual({ threads: 1, busyMs: 433, handed: 1, lateMs: 0, latestMs: 100 });

    lookers[0]?.answer();
    await vi.waitFor(() => expect(found).toHaveLength(1));
    await clock.advance(50);

    expect(detector.load()).toEqual({ threads: 1, busyMs: 483, handed: 2, lateMs: 100, latestMs: 0 });
  });

  test('counts what it drops and shows what waits', async () => {
    const { submit, metrics } = await setUp({ queueLimit: 2 });
    for (const camera of ['a', 'b', 'b', 'c', 'd']) submit(camera);

    const text = await metrics.text();
    expect(text).toContain('xueliang_inference_dropped_frames_total{reason="behind"} 1');
    expect(text).toContain('xueliang_inference_dropped_frames_total{reason="detector-busy"} 1');
    expect(text).toContain('xueliang_inference_queue_frames 2');
    expect(text).toContain('xueliang_inference_threads 1');
  });

  test('drops the frame of a thread that dies and replaces the thread', async () => {
    const { submit, lookers, dropped, found, clock, metrics } = await setUp();
    submit('a');
    submit('b');
    lookers[0]?.die();
    await clock.advance(200);

    expect(dropped).toEqual([['a', 'detector-busy']]);
    expect(lookers[1]?.frames.map(({ cameraId }) => cameraId)).toEqual(['b']);
    lookers[1]?.answer();
    await vi.waitFor(() => expect(found).toHaveLength(1));
    expect(await metrics.text()).toContain('xueliang_inference_thread_restarts_total 1');
  });

  test('waits longer and longer for a thread that does not come up again', async () => {
    let opens = 0;
    const { lookers, clock } = await setUp({
      onOpen: (count) => {
        opens += 1;
        if (count > 1 && opens < 6) throw inferenceError('model-unreadable', 'the file is gone');
      },
    });
    lookers[0]?.die();
    await clock.advance(600);
    expect(opens).toBeLessThan(6);

    await clock.advance(20_000);
    expect([opens, lookers.length]).toEqual([6, 2]);
  });

  test('does not open when one of its threads cannot, and leaves none running', async () => {
    const started: ScriptedLooker[] = [];
    const { slots, pools } = createFramePool(frameSpecOf(tinyYoloxCard), 2);
    const opening = openQueuedDetector(
      {
        modelId: 'scripted',
        threads: 3,
        pools,
        queueLimit: 4,
        clock: new SimulatedClock(),
        metrics: createMetrics(),
        log: createLogger({ level: 'silent' }),
        events: { onDetections: () => undefined, onDropped: () => undefined },
      },
      async () => {
        if (started.length === 2) throw inferenceError('model-unreadable', 'not a model');
        started.push(new ScriptedLooker(slots));
        return started.at(-1) ?? new ScriptedLooker(slots);
      },
    );

    await expect(opening).rejects.toMatchObject({ code: 'model-unreadable' });
    expect(await Promise.all(started.map((looker) => looker.ended))).toEqual([undefined, undefined]);
  });

  test('finishes the frame in hand on closing, drops those that wait, and takes no more', async () => {
    const { detector, submit, slots, dropped, found } = await setUp();
    submit('a');
    submit('b');
    await Promise.all([detector.close(), detector.close()]);
    submit('c');

    expect(found.map(([camera]) => camera)).toEqual(['a']);
    expect(dropped).toEqual([
      ['b', 'detector-busy'],
      ['c', 'detector-busy'],
    ]);
    expect(slots.taken).toBe(0);
  });

  test.each([
    ['of a pool that is not there', { pool: 1 }],
    ['of a slot that is not there', { slot: 8 }],
    ['larger than its slot', { width: 33 }],
  ])('refuses a frame %s', async (_, fault) => {
    const { detector } = await setUp();

    expect(() => detector.submit({ ...frameOf('a', 0), ...fault })).toThrow(/frame/);
  });
});
