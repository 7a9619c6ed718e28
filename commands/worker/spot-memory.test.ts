import { expect, test } from 'vitest';
import { createLogger } from '../../core/log.ts';
import type { StaticSpot } from '../../inference/index.ts';
import { SpotMemory } from './spot-memory.ts';

const sign: StaticSpot = {
  ...{ label: 'person', box: { x: 0.05, y: 0.2, w: 0.02, h: 0.06 } },
  ...{ hits: 40, sure: 0, seenAt: 1000 },
};

const memoryOver = (entries: Map<string, unknown>, isAway = false) => {
  let writes = 0;
  const store = {
    get: async (cameraId: string) => {
      if (isAway) throw new Error('away');
      return entries.get(cameraId);
    },
    put: async (cameraId: string, spots: readonly object[]) => {
      writes++;
      if (isAway) throw new Error('away');
      entries.set(cameraId, structuredClone(spots));
    },
  };
  const memory = new SpotMemory(store, createLogger({ level: 'silent' }));
  return { memory, writes: () => writes };
};

test('another worker finds what one has kept', async () => {
  const entries = new Map<string, unknown>();
  const { memory } = memoryOver(entries);
  memory.keep('gate-1', [sign]);
  await memory.settled();

  expect(await memoryOver(entries).memory.load('gate-1')).toEqual([sign]);
});

test('a camera that never knew anything is never written, and one that forgot is written once', async () => {
  const { memory, writes } = memoryOver(new Map());
  memory.keep('gate-1', []);
  await memory.settled();
  expect(writes()).toBe(0);

  for (const spots of [[sign], [], []]) {
    memory.keep('gate-1', spots);
    await memory.settled();
  }
  expect(writes()).toBe(2);
});

test.each([[undefined], ['text'], [[{ label: 'person' }]], [[{ ...sign, box: null }]], [{ length: 1 }]])(
  'what is no list of spots (%j) is nothing',
  async (stored) => {
    expect(await memoryOver(new Map([['gate-1', stored]])).memory.load('gate-1')).toEqual([]);
  },
);

test('a bus that is away costs what was learnt, and nothing else', async () => {
  const { memory } = memoryOver(new Map(), true);
  memory.keep('gate-1', [sign]);
  await memory.settled();

  expect(await memory.load('gate-1')).toEqual([]);
});
