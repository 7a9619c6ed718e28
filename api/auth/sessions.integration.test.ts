import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openSessionStore } from '../../core/bus/session-store.ts';
import { createLogger } from '../../core/log.ts';
import { createMetrics } from '../../core/metrics.ts';
import { SimulatedClock } from '../../core/runtime/simulated-clock.ts';
import type { User } from '../../core/schema/user.ts';
import { openTestBus, type TestBus } from '../../test/fixtures/test-bus.ts';
import { toSessionId } from './session-token.ts';
import { Sessions } from './sessions.ts';

const wang: User = { id: 'wang', ground: '431103110', passwordHash: 'scrypt$32768$8$3$c2FsdA==$a2V5' };
const clock = new SimulatedClock(Date.now());
let site: TestBus;
const opened: Sessions[] = [];

/** As another API process of the site has them, over a connection of its own. */
const openSessions = async (name: string) => {
  const store = await openSessionStore((await site.connect(name)).nats);
  const deps = { store, clock, log: createLogger({ level: 'silent' }), metrics: createMetrics() };
  const sessions = new Sessions(deps);
  opened.push(sessions);
  sessions.start();
  return { store, sessions };
};

beforeAll(async () => {
  site = await openTestBus();
}, 60_000);
afterAll(async () => {
  await Promise.all(opened.map((sessions) => sessions.close()));
  await site.close();
});

test('API processes share sessions: begun in one, used in another, ended in both', async () => {
  const [a, b] = [await openSessions('api-a'), await openSessions('api-b')];
  const { token, id } = await a.sessions.begin(wang);

  // Even before the other has heard of it.
  expect(await b.sessions.use(token)).toMatchObject({ id, user: 'wang' });
  await b.sessions.end(id);

  await vi.waitFor(() => expect(a.sessions.isLive(id, wang)).toBe(false), 10_000);
  expect(await a.sessions.use(token)).toBeUndefined();
});

test('a restart keeps sessions, and with them when they were last used', async () => {
  const before = await openSessions('api-before');
  const { token, id } = await before.sessions.begin(wang);
  await clock.advance(20 * 60_000);
  await before.sessions.use(token);
  await vi.waitFor(
    async () => expect((await before.store.get(id))?.session.seenAt).toBe(clock.now()),
    10_000,
  );
  await before.sessions.close();

  const after = await openSessions('api-after');
  await clock.advance(20 * 60_000);
  expect(await after.sessions.use(token)).toMatchObject({ user: 'wang' });
  await vi.waitFor(() => expect(after.sessions.isLive(id, wang)).toBe(true), 10_000);
});

test('what is over does not come back by being written, and what is damaged is none', async () => {
  const { store, sessions } = await openSessions('api-c');
  const { id } = await sessions.begin(wang);
  const entry = await store.get(id);
  if (!entry) throw new Error('it was begun');
  await store.remove(id);

  await expect(store.update(id, entry.session, entry.revision)).rejects.toMatchObject({
    code: 'bus-conflict',
  });
  expect(await store.get(id)).toBeUndefined();
  const damaged = toSessionId('damaged');
  await store.create(damaged, { ...entry.session, user: '__proto__' });
  expect(await store.get(damaged)).toBeUndefined();
});

test('regression: names of JavaScript’s own are no sessions (Shinobi CVE-2021-27228)', async () => {
  const { sessions } = await openSessions('api-d');
  for (const token of ['__proto__', 'constructor', 'toString'])
    expect(await sessions.use(token)).toBeUndefined();
});

test('without the server nobody signs in, and whoever is signed in goes on', async () => {
  const { sessions } = await openSessions('api-e');
  const { token } = await sessions.begin(wang);
  await site.stopServer();

  expect(await sessions.use(token)).toMatchObject({ user: 'wang' });
  await expect(sessions.begin(wang)).rejects.toMatchObject({
    kind: expect.stringMatching(/unavailable|timeout/),
  });
}, 60_000);
