import { Kvm } from '@nats-io/kv';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestBus, type TestBus } from '../../test/fixtures/test-bus.ts';
import type { Layouts } from '../schema/layout.ts';
import { type LayoutStore, openLayoutStore } from './layout-store.ts';

const named = (name: string): Layouts => ({
  schemaVersion: 1,
  revision: 1,
  layouts: [{ layoutId: 'day', revision: 1, name, size: 4, cameraIds: ['gate-1', null] }],
});
let site: TestBus;
let store: LayoutStore;
let other: LayoutStore;

beforeAll(async () => {
  site = await openTestBus();
  store = await openLayoutStore((await site.connect('api-a')).nats);
  other = await openLayoutStore((await site.connect('api-b')).nats);
}, 60_000);
afterAll(() => site.close());

test('what one process keeps another reads, for a user and for a key of the same name apart', async () => {
  await store.put('wang', named('早班'), 0);
  await store.put('key:wang', named('大屏'), 0);

  expect((await other.get('wang')).kept).toEqual(named('早班'));
  expect((await other.get('key:wang')).kept).toEqual(named('大屏'));
  expect(await other.get('li')).toEqual({
    kept: { schemaVersion: 1, revision: 0, layouts: [] },
    revision: 0,
  });
});

test('of two that write at once one is first', async () => {
  const { revision } = await store.get('zhao');

  const outcomes = await Promise.allSettled([
    store.put('zhao', named('一'), revision),
    other.put('zhao', named('二'), revision),
  ]);

  const lost = outcomes.find((outcome) => outcome.status === 'rejected');
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(lost?.reason).toMatchObject({ code: 'bus-conflict' });
});

test('what was removed is gone, and can be kept anew', async () => {
  await store.put('chen', named('旧'), (await store.get('chen')).revision);
  await store.remove('chen');
  const { kept, revision } = await other.get('chen');
  expect(kept.layouts).toEqual([]);

  await other.put('chen', named('新'), revision);

  expect((await store.get('chen')).kept).toEqual(named('新'));
});

test('what somebody else put there is none, and can be written over', async () => {
  const kv = await new Kvm((await site.connect('odd')).nats).open('LAYOUTS');
  await kv.put('odd', '{"layouts":7}');
  const { kept, revision } = await store.get('odd');
  expect(kept.layouts).toEqual([]);

  await store.put('odd', named('好'), revision);

  expect((await store.get('odd')).kept.layouts).toHaveLength(1);
});
