import { EventEmitter } from 'node:events';
import { describe, expect, test } from 'vitest';
import { SimulatedClock } from '../../core/runtime/simulated-clock.ts';
import { tinyYoloxCard } from '../../test/fixtures/inference/cards.ts';
import { createFramePool, frameOf } from '../../test/fixtures/inference/frames.ts';
import { frameSpecOf } from '../frame-spec.ts';
import type { Looked } from '../looker.ts';
import { SlotClaim } from '../slot-claim.ts';
import type { Demand } from './messages.ts';
import { openDetectorThread, type Thread } from './open-detector-thread.ts';

/** A thread that says what the test has it say. */
class ScriptedThread extends EventEmitter implements Thread {
  readonly demands: Demand[] = [];
  isWaitedFor = true;

  postMessage(demand: Demand): void {
    this.demands.push(demand);
  }

  unref(): void {
    this.isWaitedFor = false;
  }
}

const looked: Looked = {
  findings: { detections: [], discarded: 0 },
  timings: { preprocessMs: 1, runMs: 1, decodeMs: 1 },
};

const setUp = () => {
  const { slots, pools } = createFramePool(frameSpecOf(tinyYoloxCard), 2);
  const clock = new SimulatedClock();
  const thread = new ScriptedThread();
  let claim = new SlotClaim();
  const opening = openDetectorThread({ card: tinyYoloxCard, modelPath: 'm.onnx', pools, clock }, (data) => {
    claim = new SlotClaim(data.claim);
    return thread;
  });
  /** What the thread does when it has read a frame. */
  const read = (slot: number): void => {
    if (claim.claim()) slots.release(slot);
  };
  return { slots, clock, thread, opening, read };
};

const setUpReady = async () => {
  const parts = setUp();
  parts.thread.emit('message', { kind: 'ready' });
  return { ...parts, looker: await parts.opening };
};

describe('openDetectorThread', () => {
  test('frees the slot of a thread that dies before it has read the frame', async () => {
    const { slots, thread, looker } = await setUpReady();
    const looking = looker.look(frameOf('a', slots.acquire()));
    thread.emit('error', new Error('out of memory'));
    thread.emit('exit');

    await expect(looking).rejects.toMatchObject({
      code: 'detector-thread-died',
      message: "detector thread of model 'tiny-yolox' failed: out of memory",
    });
    expect(await looker.ended).toMatchObject({ code: 'detector-thread-died' });
    expect(slots.taken).toBe(0);
  });

  test('leaves a slot alone that the thread had freed: somebody else may have it by now', async () => {
    const { slots, thread, looker, read } = await setUpReady();
    const slot = slots.acquire();
    const looking = looker.look(frameOf('a', slot));
    read(slot);
    expect([slots.acquire(), slots.acquire()]).toContain(slot);
    thread.emit('exit');

    await expect(looking).rejects.toMatchObject({ code: 'detector-thread-died' });
    expect(slots.taken).toBe(2);
  });

  test('gives up on a thread that does not answer, and is not confused when it does later', async () => {
    const { slots, thread, looker, clock } = await setUpReady();
    const looking = expect(looker.look(frameOf('a', slots.acquire()))).rejects.toMatchObject({
      code: 'detector-timeout',
    });
    await clock.advance(20_000);
    await looking;

    expect(await looker.ended).toMatchObject({ code: 'detector-timeout' });
    expect([slots.taken, thread.isWaitedFor, thread.demands.at(-1)?.kind]).toEqual([0, false, 'close']);
    thread.emit('message', { kind: 'looked', looked });
    thread.emit('exit');
  });

  test('gives it its twenty seconds from when it was asked, however many looks were answered before', async () => {
    const { slots, thread, looker, read, clock } = await setUpReady();
    for (let look = 0; look < 5; look++) {
      const slot = slots.acquire();
      const looking = looker.look(frameOf('a', slot));
      read(slot);
      await clock.advance(3_000);
      thread.emit('message', { kind: 'looked', looked });
      await looking;
    }
    let failure: unknown;
    const looking = looker.look(frameOf('a', slots.acquire())).catch((reason: unknown) => {
      failure = reason;
    });

    await clock.advance(19_999);
    expect(failure).toBeUndefined();
    await clock.advance(1);
    await looking;
    expect(failure).toMatchObject({ code: 'detector-timeout' });
    thread.emit('exit');
  });

  test('gives up on a model that does not load', async () => {
    const { opening, clock } = setUp();
    const outcome = expect(opening).rejects.toMatchObject({ code: 'detector-timeout' });
    await clock.advance(60_000);
    await outcome;
  });

  test('tells why a thread refuses to begin', async () => {
    const { opening, thread } = setUp();
    thread.emit('message', { kind: 'refused', code: 'model-unreadable', message: 'no such file' });
    thread.emit('exit');

    await expect(opening).rejects.toMatchObject({ code: 'model-unreadable', message: 'no such file' });
  });

  test('lets it finish its frame on closing', async () => {
    const { slots, thread, looker } = await setUpReady();
    const looking = looker.look(frameOf('a', slots.acquire()));
    const closing = looker.close();
    thread.emit('message', { kind: 'looked', looked });
    thread.emit('exit');

    expect(await looking).toEqual(looked);
    await closing;
    expect(await looker.ended).toBeUndefined();
    expect(thread.demands.map(({ kind }) => kind)).toEqual(['look', 'close']);
  });

  test('closes within five seconds whatever the thread does', async () => {
    const { thread, looker, clock } = await setUpReady();
    const closing = Promise.all([looker.close(), looker.close()]);
    await clock.advance(5_000);
    await closing;

    expect([thread.isWaitedFor, thread.demands.length]).toEqual([false, 1]);
  });
});
