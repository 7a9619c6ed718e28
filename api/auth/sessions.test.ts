import { afterEach, expect, test } from 'vitest';
import { createLogger } from '../../core/log.ts';
import { createMetrics } from '../../core/metrics.ts';
import { SimulatedClock } from '../../core/runtime/simulated-clock.ts';
import type { User } from '../../core/schema/user.ts';
import { village } from '../../test/fixtures/api/alert-events.ts';
import { ScriptedSessions } from '../../test/fixtures/api/scripted-sessions.ts';
import { testHash as passwordHash } from '../../test/fixtures/api/test-api.ts';
import { toSessionId } from './session-token.ts';
import { Sessions } from './sessions.ts';

const wang: User = { id: 'wang', ground: village, passwordHash };
const minute = 60_000;
const opened: Sessions[] = [];
afterEach(() => Promise.all(opened.splice(0).map((sessions) => sessions.close())));

const openSessions = (store = new ScriptedSessions(), clock = new SimulatedClock(), limits = {}) => {
  const deps = { ...limits, store, clock, log: createLogger({ level: 'silent' }), metrics: createMetrics() };
  const sessions = new Sessions(deps);
  opened.push(sessions);
  sessions.start();
  return { sessions, store, clock };
};

test('a token opens its session; nothing that is stored is the token', async () => {
  const { sessions, store } = openSessions();
  const { token, id } = await sessions.begin(wang);

  expect(await sessions.use(token)).toMatchObject({ id, user: 'wang' });
  expect(Buffer.from(token, 'base64url')).toHaveLength(32);
  expect(JSON.stringify([...store.entries])).not.toContain(token);
  expect(JSON.stringify([...store.entries])).not.toContain(passwordHash);
});

test('no two sessions have the same token', async () => {
  const { sessions } = openSessions();
  const tokens = await Promise.all(Array.from({ length: 8 }, () => sessions.begin(wang)));

  expect(new Set(tokens.map(({ token }) => token)).size).toBe(8);
});

test('a session is over after half an hour in which nothing was asked, and not before', async () => {
  const { sessions, clock } = openSessions();
  const { token } = await sessions.begin(wang);

  await clock.advance(29 * minute);
  expect(await sessions.use(token)).toBeDefined();
  await clock.advance(29 * minute);
  expect(await sessions.use(token)).toBeDefined();
  await clock.advance(30 * minute);
  expect(await sessions.use(token)).toBeUndefined();
});

test('a session is over after twelve hours, however much is asked', async () => {
  const { sessions, clock } = openSessions();
  const { token, expiresAt } = await sessions.begin(wang);
  for (let asked = 0; asked < 12 * 60 - 1; asked += 1) {
    await clock.advance(minute);
    expect(await sessions.use(token)).toBeDefined();
  }

  await clock.advance(minute);
  expect(clock.now()).toBe(expiresAt);
  expect(await sessions.use(token)).toBeUndefined();
});

test('use is written once a minute at most', async () => {
  const { sessions, clock, store } = openSessions();
  const { token } = await sessions.begin(wang);
  for (let asked = 0; asked < 600; asked++) {
    await clock.advance(1000);
    await sessions.use(token);
  }

  expect(store.updates).toBe(10);
});

test.each([
  ['secret', { passwordHash: `${passwordHash}=` }],
  ['roles', { roles: ['operator', 'engineer'] as const }],
  ['ground', { ground: '431103110' }],
  ['name', { id: 'li' }],
])('a change of the user’s %s ends their session', async (_what, change) => {
  const { sessions } = openSessions();
  const { id } = await sessions.begin(wang);

  expect(sessions.isLive(id, { ...wang, roles: ['operator'] })).toBe(true);
  expect(sessions.isLive(id, { ...wang, ...change } as User)).toBe(false);
});

test('of nine sessions of a user the oldest is over; others’ are left alone', async () => {
  const { sessions, clock } = openSessions();
  const other = await sessions.begin({ ...wang, id: 'li' });
  const tokens: string[] = [];
  for (let n = 0; n < 9; n++) {
    tokens.push((await sessions.begin(wang)).token);
    await clock.advance(1000);
  }

  const open = await Promise.all(tokens.map((token) => sessions.use(token)));
  expect(open.map((session) => session !== undefined)).toEqual([false, ...Array(8).fill(true)]);
  expect(await sessions.use(other.token)).toBeDefined();
});

test('there are never more sessions than fit: the one that was used longest ago ends', async () => {
  const { sessions, clock } = openSessions(undefined, undefined, { maxSessions: 20 });
  const first = await sessions.begin({ ...wang, id: 'first' });
  await clock.advance(1);
  const second = await sessions.begin({ ...wang, id: 'second' });
  await clock.advance(1);
  for (let n = 0; n < 18; n++) await sessions.begin({ ...wang, id: `user-${n}` });
  await clock.advance(minute);
  await sessions.use(first.token);

  await sessions.begin({ ...wang, id: 'one-more' });

  expect(sessions.size).toBe(20);
  expect(await sessions.use(first.token)).toBeDefined();
  expect(await sessions.use(second.token)).toBeUndefined();
});

test('another process has the session at once, and loses it when it ends here', async () => {
  const here = openSessions();
  const there = openSessions(here.store, here.clock);
  const { token, id } = await here.sessions.begin(wang);

  expect(there.sessions.isLive(id, wang)).toBe(true);
  await here.sessions.end(id);
  expect(there.sessions.isLive(id, wang)).toBe(false);
  expect(await there.sessions.use(token)).toBeUndefined();
});

test('a restart keeps sessions', async () => {
  const before = openSessions();
  const { token } = await before.sessions.begin(wang);
  await before.sessions.close();

  const after = openSessions(before.store, before.clock);
  expect(await after.sessions.use(token)).toMatchObject({ user: 'wang' });
});

test('regression: a session that ends while another process writes its use does not come back', async () => {
  const { sessions, store, clock } = openSessions();
  const { token, id } = await sessions.begin(wang);
  await clock.advance(2 * minute);
  store.entries.delete(id); // elsewhere; it has not been heard of here

  await sessions.use(token);
  await clock.advance(0);

  expect(store.entries.has(id)).toBe(false);
  expect(await sessions.use(token)).toBeUndefined();
});

test('without the bus nobody signs in or out, and who is signed in goes on', async () => {
  const { sessions, store } = openSessions();
  const { token, id } = await sessions.begin(wang);
  store.isAway = true;

  expect(await sessions.use(token)).toBeDefined();
  await expect(sessions.begin(wang)).rejects.toMatchObject({ code: 'bus-unavailable' });
  await expect(sessions.end(id)).rejects.toMatchObject({ code: 'bus-unavailable' });
});

test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', ''])(
  'regression: the token %j opens nothing (Shinobi CVE-2021-27228)',
  async (token) => {
    const { sessions } = openSessions();
    await sessions.begin(wang);

    expect(await sessions.use(token)).toBeUndefined();
    expect(sessions.isLive(token, wang)).toBe(false);
    expect(toSessionId(token)).toMatch(/^[\w-]{43}$/);
  },
);
