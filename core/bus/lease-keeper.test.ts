import { expect, test } from 'vitest';
import { createLogger } from '../log.ts';
import { SimulatedClock } from '../runtime/simulated-clock.ts';
import { busError } from './errors.ts';
import { createLeaseKeeper } from './lease-keeper.ts';
import type { LeaseStore } from './lease-store.ts';

const log = createLogger({ level: 'silent' });

const scriptedStore = () => {
  const holders = new Map<string, string>();
  const state = { isDown: false, underWay: 0, mostUnderWay: 0 };
  const store: LeaseStore = {
    hold: async (key, holder) => {
      state.mostUnderWay = Math.max(state.mostUnderWay, ++state.underWay);
      await new Promise((resolve) => setImmediate(resolve));
      state.underWay--;
      if (state.isDown) throw busError('bus-unavailable', 'down');
      const current = holders.get(key) ?? holder;
      holders.set(key, current);
      return current === holder;
    },
    holderOf: async (key) => holders.get(key),
    release: async (key, holder) => {
      if (holders.get(key) === holder) holders.delete(key);
    },
  };
  return { store, holders, state };
};

const keeperFor = (
  holder: string,
  store: LeaseStore,
  wanted: { cameraIds: string[]; share: number },
  capacity = 8,
) => {
  const events: string[] = [];
  const state = { capacity };
  const keeper = createLeaseKeeper({
    store,
    holder,
    clock: new SimulatedClock(),
    log,
    wanted: () => wanted,
    admits: (_, held) => held.size < state.capacity,
    onGained: (id) => events.push(`+${id}`),
    onLost: (id) => events.push(`-${id}`),
  });
  return { keeper, events, state };
};

test('takes its share at once and the rest only when nobody else does', async () => {
  const { store, holders } = scriptedStore();
  const { keeper } = keeperFor('w1', store, { cameraIds: ['a', 'b', 'c'], share: 2 });

  await keeper.round();
  const atOnce = [...holders.keys()];
  for (let round = 0; round < 4; round++) await keeper.round();

  expect(atOnce).toEqual(['cameras.a', 'cameras.b']);
  expect([...keeper.held]).toEqual(['a', 'b', 'c']);
});

test('never holds more than its capacity', async () => {
  const { store } = scriptedStore();
  const { keeper } = keeperFor('w1', store, { cameraIds: ['a', 'b', 'c'], share: 3 }, 2);
  for (let round = 0; round < 9; round++) await keeper.round();

  expect(keeper.held.size).toBe(2);
});

test('tells which cameras it has no room for, and takes them when it has', async () => {
  const { store } = scriptedStore();
  const { keeper, state } = keeperFor('w1', store, { cameraIds: ['a', 'b', 'c'], share: 3 }, 1);
  await keeper.round();
  expect([...keeper.refused]).toEqual(['b', 'c']);

  state.capacity = 2;
  await keeper.round();

  expect([...keeper.held]).toEqual(['a', 'b']);
  expect([...keeper.refused]).toEqual(['c']);
});

test('says nothing of a camera that it has no room for while another worker has it, or when it is gone', async () => {
  const { store, holders } = scriptedStore();
  const wanted = { cameraIds: ['a', 'b', 'c'], share: 3 };
  const { keeper } = keeperFor('w1', store, wanted, 1);
  await keeper.round();
  holders.set('cameras.b', 'w2');
  wanted.cameraIds = ['a', 'b'];
  await keeper.round();

  expect([...keeper.refused]).toEqual([]);
});

test('never gives up a camera for want of room', async () => {
  const { store } = scriptedStore();
  const { keeper, state } = keeperFor('w1', store, { cameraIds: ['a', 'b'], share: 2 });
  await keeper.round();
  state.capacity = 0;
  await keeper.round();

  expect([...keeper.held]).toEqual(['a', 'b']);
});

test('lets go of a camera that somebody else holds now, or that is gone', async () => {
  const { store, holders } = scriptedStore();
  const wanted = { cameraIds: ['a', 'b'], share: 2 };
  const { keeper, events } = keeperFor('w1', store, wanted);
  await keeper.round();
  holders.set('cameras.a', 'w2');
  wanted.cameraIds = ['a'];
  await keeper.round();

  expect(events).toEqual(['+a', '+b', '-b', '-a']);
});

test('keeps what it holds while the bus cannot be asked', async () => {
  const { store, state } = scriptedStore();
  const { keeper } = keeperFor('w1', store, { cameraIds: ['a'], share: 1 });
  await keeper.round();
  state.isDown = true;
  await keeper.round();

  expect([...keeper.held]).toEqual(['a']);
});

test('regression: rounds that are asked for at once do not overlap, so none takes the other for a rival', async () => {
  const { store, state } = scriptedStore();
  const { keeper, events } = keeperFor('w1', store, { cameraIds: ['a'], share: 1 });
  await Promise.all([keeper.round(), keeper.round(), keeper.round()]);

  expect(state.mostUnderWay).toBe(1);
  expect(events).toEqual(['+a']);
});

test('renews what it holds sixteen at a time, and takes new ones one by one', async () => {
  const { store, state } = scriptedStore();
  const cameraIds = Array.from({ length: 40 }, (_, index) => `c${index}`);
  const { keeper } = keeperFor('w1', store, { cameraIds, share: 40 }, 40);
  await keeper.round();
  const taking = state.mostUnderWay;
  await keeper.round();

  expect([taking, state.mostUnderWay]).toEqual([1, 16]);
});

test('tries a camera again that it gave back', async () => {
  const { store } = scriptedStore();
  const { keeper, events } = keeperFor('w1', store, { cameraIds: ['a'], share: 1 });
  await keeper.round();
  await keeper.giveBack('a');
  await keeper.round();

  expect(events).toEqual(['+a', '+a']);
});
