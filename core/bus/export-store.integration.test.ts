import { Kvm } from '@nats-io/kv';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openTestBus, type TestBus } from '../../test/fixtures/test-bus.ts';
import { stepExport } from '../export-steps.ts';
import type { Export } from '../schema/export.ts';
import { type ExportStore, openExportStore } from './export-store.ts';

const wanted = (exportId: string): Export => ({
  ...{ schemaVersion: 1, exportId, ground: '431103110', by: 'wang', at: 1000, kind: 'alerts' },
  ...{
    purpose: 'disposalReview',
    reason: '复核塘边告警的处置情况',
    alertIds: ['01KE67FDM0ZVNPVT4F41N4E9VW'],
    steps: [],
  },
});
const first = '01KE67FDM0ZVNPVT4F41N4E9V1';
let site: TestBus;
let store: ExportStore;
let other: ExportStore;

beforeAll(async () => {
  site = await openTestBus();
  store = await openExportStore((await site.connect('api-a')).nats);
  other = await openExportStore((await site.connect('api-b')).nats);
}, 60_000);
afterAll(() => site.close());

test('of two processes that answer at once one is first', async () => {
  const exported = wanted(first);
  const revision = await store.create(exported);
  const approved = stepExport(exported, { to: 'approved', by: 'li', at: 2000 });
  const refused = stepExport(exported, {
    to: 'refused',
    by: 'zhao',
    at: 2000,
    why: '没有看到派出所的调取函',
  });

  const outcomes = await Promise.allSettled([
    store.update(approved, revision),
    other.update(refused, revision),
  ]);

  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  const lost = outcomes.find((outcome) => outcome.status === 'rejected');
  expect(lost?.reason).toMatchObject({ code: 'bus-conflict' });
  expect((await store.get(first))?.exported.steps).toHaveLength(1);
});

test('an export is registered once', async () => {
  await expect(other.create(wanted(first))).rejects.toMatchObject({ code: 'bus-conflict' });
});

test('each process hears what the other writes, behind what was there', async () => {
  const stopping = new AbortController();
  const heard: string[] = [];
  const following = other.follow(
    stopping.signal,
    ({ exported }) => heard.push(exported.exportId),
    () => heard.push('current'),
  );
  await vi.waitFor(() => expect(heard).toEqual([first, 'current']), 10_000);

  const second = '01KE67FDM0ZVNPVT4F41N4E9V2';
  await store.create(wanted(second));

  await vi.waitFor(() => expect(heard).toEqual([first, 'current', second]), 10_000);
  stopping.abort();
  await following;
});

test('what is damaged, or lies under another id, is no export', async () => {
  const kv = await new Kvm((await site.connect('other')).nats).open('EXPORTS');
  const odd = '01KE67FDM0ZVNPVT4F41N4E9V3';
  await kv.put(odd, 'no JSON');
  expect(await store.get(odd)).toBeUndefined();
  await kv.put(odd, JSON.stringify(wanted(first)));
  expect(await store.get(odd)).toBeUndefined();
});
