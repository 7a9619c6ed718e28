import { expect, test } from 'vitest';
import { createLogger } from '../log.ts';
import { createMetrics } from '../metrics.ts';
import { SimulatedClock } from '../runtime/simulated-clock.ts';
import type { ReaderDeps } from './consume.ts';
import { followStream } from './follow.ts';

/** A consumer that delivers nothing, with a number of messages still to come that a test changes. */
const quietStream = (pending: number, delivered = 0) => {
  const facts = { pending, delivered };
  const consume = async () => {
    let stop = (): void => {};
    const ended = new Promise<void>((resolve) => {
      stop = resolve;
    });
    return {
      stop: () => stop(),
      close: async () => stop(),
      [Symbol.asyncIterator]: async function* () {
        await ended;
        yield* [];
      },
    };
  };
  const consumer = {
    info: async () => ({ num_pending: facts.pending, delivered: { stream_seq: facts.delivered } }),
    delete: async () => true,
    consume,
  };
  return { facts, js: { consumers: { get: async () => consumer } } as unknown as ReaderDeps['js'] };
};

const follow = (stream: ReturnType<typeof quietStream>) => {
  const clock = new SimulatedClock(0);
  const ending = new AbortController();
  let caughtUp = 0;
  const deps = { js: stream.js, clock, log: createLogger({ level: 'silent' }), metrics: createMetrics() };
  const running = followStream(deps as ReaderDeps, {
    ...{ stream: 'AUDIT', from: 'all', signal: ending.signal, onMessage: () => undefined },
    onCaughtUp: () => caughtUp++,
  });
  const pass = async (ms: number): Promise<void> => {
    for (let step = 0; step < 20; step++) await new Promise((resolve) => setImmediate(resolve));
    await clock.advance(ms);
    for (let step = 0; step < 20; step++) await new Promise((resolve) => setImmediate(resolve));
  };
  const close = async (): Promise<void> => {
    ending.abort();
    await running;
  };
  return { pass, close, times: () => caughtUp };
};

test('regression: a reader has caught up when all that was still to come has aged out', async () => {
  const stream = quietStream(3);
  const reader = follow(stream);
  await reader.pass(10_000);
  const before = reader.times();

  stream.facts.pending = 0;
  await reader.pass(2000);
  await reader.pass(10_000);
  await reader.close();

  expect(before).toBe(0);
  expect(reader.times()).toBe(1);
});

test('a reader has not caught up while something that was delivered is on its way', async () => {
  const stream = quietStream(3);
  const reader = follow(stream);
  await reader.pass(1000);

  Object.assign(stream.facts, { pending: 0, delivered: 3 });
  await reader.pass(10_000);
  await reader.close();

  expect(reader.times()).toBe(0);
});
