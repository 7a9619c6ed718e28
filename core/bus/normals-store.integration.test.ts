import { Kvm } from '@nats-io/kv';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { openTestBus, type TestBus } from '../../test/fixtures/test-bus.ts';
import { createLogger } from '../log.ts';
import { createMetrics } from '../metrics.ts';
import { systemClock } from '../runtime/clock.ts';
import { type CameraNormals, hoursOfWeek } from '../schema/normals.ts';
import type { ConnectedBus } from './connect-bus.ts';
import { type FollowedNormals, followNormals, openNormalsStore } from './normals-store.ts';

const deps = { clock: systemClock, log: createLogger({ level: 'silent' }), metrics: createMetrics() };
let testBus: TestBus;
let bus: ConnectedBus;
let followed: FollowedNormals | undefined;

beforeAll(async () => {
  testBus = await openTestBus();
  bus = await testBus.connect('test');
});
afterEach(async () => {
  await followed?.close();
  followed = undefined;
});
afterAll(() => testBus.close());

const hours = (value: number | null) => new Array<number | null>(hoursOfWeek).fill(value);
const normalsOf = (cameraId: string, watchedDays = 20): CameraNormals => ({
  ...{ schemaVersion: 1, cameraId, computedAt: 1, timezone: 'Asia/Shanghai', watchedDays },
  labels: [{ label: 'car', low: hours(2), high: hours(null) }],
});

test('a follower has what was there before it, hears of changes, and forgets what is removed', async () => {
  const store = await openNormalsStore(bus.nats);
  await store.put(normalsOf('early-1'));
  followed = followNormals(bus.nats, deps);
  const { of } = followed;

  await vi.waitFor(() => expect(of('early-1')).toEqual(normalsOf('early-1')));
  await store.put(normalsOf('early-1', 21));
  await store.put(normalsOf('late-2'));
  await vi.waitFor(() => expect([of('early-1')?.watchedDays, of('late-2')?.watchedDays]).toEqual([21, 20]));
  await store.remove('early-1');

  await vi.waitFor(() => expect(of('early-1')).toBeUndefined());
  expect(await store.cameraIds()).toEqual(['late-2']);
});

test('a follower passes over what it cannot read, and counts it', async () => {
  followed = followNormals(bus.nats, deps);
  const kv = await new Kvm(bus.nats).open('NORMALS');
  await kv.put('odd-3', '{"schemaVersion":2}');
  await kv.put('odd-4', 'no JSON');
  await (await openNormalsStore(bus.nats)).put(normalsOf('even-5'));

  await vi.waitFor(() => expect(followed?.of('even-5')).toBeDefined());
  expect(followed.of('odd-3')).toBeUndefined();
  expect(followed.of('odd-4')).toBeUndefined();
  expect(await deps.metrics.text()).toContain('xueliang_bus_damaged_normals_total 2');
});
