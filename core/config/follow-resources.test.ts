import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLogger } from '../log.ts';
import { createMetrics } from '../metrics.ts';
import { SimulatedClock } from '../runtime/simulated-clock.ts';
import { followResources } from './follow-resources.ts';

let clock: SimulatedClock;
let stopping: AbortController;
/** What is stored, and how the watch that is open now is ended. */
let stored: Map<string, unknown>;
let end: ((error?: Error) => void) | undefined;
let tell: (key: string, value: unknown) => void;
let seen: ReadonlyMap<string, unknown>;

beforeEach(() => {
  clock = new SimulatedClock();
  stopping = new AbortController();
  stored = new Map([
    ['cameras.a', 1],
    ['cameras.b', 2],
  ]);
});
afterEach(() => stopping.abort());

const open = () => {
  const metrics = createMetrics();
  const followed = followResources(
    {
      watch: (_signal, onChange, onCurrent) =>
        new Promise((resolve, reject) => {
          tell = onChange;
          end = (error) => (error ? reject(error) : resolve());
          for (const [key, value] of stored) onChange(key, value);
          onCurrent();
        }),
    },
    {
      ...{ clock, metrics, log: createLogger({ level: 'silent' }), signal: stopping.signal },
      onChange: (values) => {
        seen = new Map(values);
      },
    },
  );
  return { ...followed, metrics };
};

test('what is stored and what changes is handed over', async () => {
  const { ready, staleSince } = open();
  await ready;
  tell('cameras.c', 3);
  tell('cameras.a', undefined);

  expect([...seen.keys()]).toEqual(['cameras.b', 'cameras.c']);
  expect(staleSince()).toBeUndefined();
});

test.each([undefined, new Error('gone')])('following that ends with %s is taken up again', async (error) => {
  const { ready, staleSince, metrics } = open();
  await ready;
  end?.(error);
  await clock.advance(1);

  expect(staleSince()).toBeGreaterThan(0);
  expect(await metrics.text()).toMatch(/xueliang_config_stale(\{.*\})? 1/);
  stored.delete('cameras.a');
  stored.set('cameras.c', 3);
  await clock.advance(30_000);

  expect([...seen.keys()]).toEqual(['cameras.b', 'cameras.c']);
  expect(staleSince()).toBeUndefined();
  expect(await metrics.text()).toMatch(/xueliang_config_stale(\{.*\})? 0/);
});
