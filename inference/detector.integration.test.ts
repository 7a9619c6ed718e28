import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { serialize } from 'node:v8';
import { Worker } from 'node:worker_threads';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { createLogger } from '../core/log.ts';
import { createMetrics } from '../core/metrics.ts';
import { systemClock } from '../core/runtime/clock.ts';
import { tinyYoloxCard } from '../test/fixtures/inference/cards.ts';
import { writeConstantModel } from '../test/fixtures/inference/constant-model.ts';
import { createFramePool, frameOf } from '../test/fixtures/inference/frames.ts';
import { openDetectorOn } from '../test/fixtures/inference/open-detector-on.ts';
import { frameSpecOf } from './frame-spec.ts';
import { openDetector } from './index.ts';

/** Every one of the 21 cells says: here, one stride wide, a person of 0.75. */
const person = [0.5, 0.5, 0, 0, 1, 0.75, 0, 0];
const everywhere = { name: 'output', shape: [1, 21, 8], values: person };
const once = { ...everywhere, values: [...person, ...Array.from({ length: 160 }, () => 0)] };

/** Threads of this process at niceness 5: the nineteenth field of their `stat` (proc(5)), the seventeenth after the name. */
const countNice = async (): Promise<number> => {
  const stats = await Promise.all(
    (await readdir('/proc/self/task')).map((thread) =>
      readFile(`/proc/self/task/${thread}/stat`, 'utf8').catch(() => ''),
    ),
  );
  return stats.filter((stat) => stat.slice(stat.lastIndexOf(')') + 2).split(' ')[16] === '5').length;
};

describe('openDetector', () => {
  let folder: string;
  let modelPath: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'detector-'));
    modelPath = await writeConstantModel(folder, { outputs: [everywhere] });
  });
  afterEach(() => vi.restoreAllMocks());
  afterAll(async () => {
    await rm(folder, { recursive: true });
  });

  test('looks at a frame on its threads, frees the slot and measures itself', async () => {
    const { detector, slots, found, metrics } = await openDetectorOn(tinyYoloxCard, modelPath, 2);
    for (const camera of ['a', 'b', 'c']) detector.submit(frameOf(camera, slots.acquire()));
    await vi.waitFor(() => expect(found).toHaveLength(3));
    await detector.close();

    expect(found[0]?.detections).toHaveLength(21);
    expect(found[0]?.detections).toContainEqual({
      label: 'person',
      score: 0.75,
      box: { x: 0.25, y: 0.5, w: 0.25, h: 0.25 },
    });
    expect(slots.taken).toBe(0);
    expect(await metrics.text()).toContain('xueliang_inference_frame_seconds_count{step="run"} 3');
  });

  test('lets all other threads of the process go first', async () => {
    // What is started once in a process, by its first session, is there after this.
    const first = await openDetectorOn(tinyYoloxCard, modelPath, 1);
    const before = await countNice();
    const second = await openDetectorOn(tinyYoloxCard, modelPath, 2);
    const open = await countNice();
    await Promise.all([first.detector.close(), second.detector.close()]);

    expect(open - before).toBe(2);
    expect(before).toBeGreaterThan(0);
  });

  test('sends references and boxes over the threads’ border, never pixels', async () => {
    const toThreads = vi.spyOn(Worker.prototype, 'postMessage');
    const fromThreads = vi.spyOn(Worker.prototype, 'emit');
    const onePerson = await writeConstantModel(folder, { outputs: [once] });
    const { detector, slots, found } = await openDetectorOn(tinyYoloxCard, onePerson);
    for (let frame = 1; frame <= 3; frame++) {
      detector.submit(frameOf('a', slots.acquire()));
      await vi.waitFor(() => expect(found).toHaveLength(frame));
    }
    await detector.close();

    const sent = toThreads.mock.calls.map(([message]) => message);
    const received = fromThreads.mock.calls.flatMap(([event, message]) =>
      event === 'message' ? [message] : [],
    );
    expect(sent).toHaveLength(4);
    expect(received).toHaveLength(4);
    for (const message of [...sent, ...received]) {
      // A frame is 3,072 bytes, and a typed array would not survive JSON.
      expect(serialize(message).byteLength).toBeLessThan(400);
      expect(JSON.parse(JSON.stringify(message))).toEqual(message);
    }
  });

  test('recovers from threads that fail: their frames come back as dropped, their slots are free', async () => {
    const posts = vi.spyOn(Worker.prototype, 'postMessage');
    const { detector, slots, found, dropped, metrics } = await openDetectorOn(tinyYoloxCard, modelPath);
    detector.submit(frameOf('a', slots.acquire()));
    await vi.waitFor(() => expect(found).toHaveLength(1));
    for (let failure = 1; failure <= 3; failure++) {
      const worker = posts.mock.contexts.at(-1);
      // There is no such pool: the thread throws while it has the next frame in hand.
      if (worker instanceof Worker)
        worker.postMessage({ kind: 'look', frame: { ...frameOf('x', 0), pool: 9 } });
      detector.submit(frameOf('a', slots.acquire()));
      await vi.waitFor(() => expect(dropped).toHaveLength(failure));
      detector.submit(frameOf('b', slots.acquire()));
      await vi.waitFor(() => expect(found).toHaveLength(failure + 1), 20_000);
    }
    await detector.close();

    expect(found.map(({ frame }) => frame.cameraId)).toEqual(['a', 'b', 'b', 'b']);
    expect(slots.taken).toBe(0);
    expect(await metrics.text()).toContain('xueliang_inference_thread_restarts_total 3');
  });

  test('does not open on a file whose output is not the card’s', async () => {
    const wrong = await writeConstantModel(folder, { outputs: [{ name: 'output', shape: [1, 21, 85] }] });

    await expect(openDetectorOn(tinyYoloxCard, wrong, 2)).rejects.toMatchObject({
      code: 'model-shape-mismatch',
      kind: 'invalid',
      message: expect.stringMatching(/expected .*\[1,21,8\], got .*\[1,21,85\]/),
    });
  });

  test('does not open on a file that is not there', async () => {
    const opening = openDetectorOn(tinyYoloxCard, path.join(folder, 'absent.onnx'));

    await expect(opening).rejects.toMatchObject({ code: 'model-unreadable', kind: 'corrupt' });
  });

  test('does not open on slots that were made for another model', async () => {
    const { pools } = createFramePool({ ...frameSpecOf(tinyYoloxCard), pixel: 'rgb' }, 2);
    const opening = openDetector({
      card: tinyYoloxCard,
      modelPath,
      threads: 1,
      pools,
      queueLimit: 1,
      clock: systemClock,
      log: createLogger({ level: 'silent' }),
      metrics: createMetrics(),
      events: { onDetections: () => undefined, onDropped: () => undefined },
    });

    await expect(opening).rejects.toMatchObject({ code: 'frame-spec-mismatch' });
  });
});
