import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openTestBus, type TestBus } from '../../test/fixtures/test-bus.ts';
import { openSiteStore, type SiteStore } from './site-store.ts';

let server: TestBus;
let store: SiteStore;

beforeAll(async () => {
  server = await openTestBus();
  store = await openSiteStore((await server.connect('test')).nats);
});
afterAll(() => server.close());

test('what was marked is written and removed while nothing else changes', async () => {
  const first = await store.put('users.zhao', { id: 'zhao' }, 0);

  const second = await store.put('users.zhao', { id: 'zhao', roles: [] }, first, await store.mark());
  expect(await store.get('users.zhao')).toEqual({
    ...{ key: 'users.zhao', value: { id: 'zhao', roles: [] }, revision: second },
  });
  await store.remove('users.zhao', second, await store.mark());
  expect(await store.get('users.zhao')).toBeUndefined();
});

test('it is neither written nor removed when anything else was, or it itself', async () => {
  const revision = await store.put('users.qian', { id: 'qian' }, 0);
  const mark = await store.mark();
  await store.put('users.li', { id: 'li' }, 0);

  const conflict = { code: 'bus-conflict' };
  await expect(store.put('users.qian', {}, revision, mark)).rejects.toMatchObject(conflict);
  await expect(store.remove('users.qian', revision, mark)).rejects.toMatchObject(conflict);
  await expect(store.remove('users.qian', revision - 1, await store.mark())).rejects.toMatchObject(conflict);
  expect((await store.get('users.qian'))?.value).toEqual({ id: 'qian' });
});

test('whoever watches is told once that all is there, however much changes later', async () => {
  await store.put('users.sun', { id: 'sun' }, 0);
  const stopping = new AbortController();
  const told: string[] = [];
  const watching = store.watch(
    stopping.signal,
    (key) => void told.push(key),
    () => void told.push('current'),
  );
  await vi.waitFor(() => expect(told).toContain('current'));
  const before = told.length;
  for (const id of ['wu', 'zheng']) {
    await store.put(`users.${id}`, { id }, 0);
    await vi.waitFor(() => expect(told).toContain(`users.${id}`));
  }
  stopping.abort();
  await watching;

  expect(told.slice(before - 2)).toEqual(['users.sun', 'current', 'users.wu', 'users.zheng']);
});
