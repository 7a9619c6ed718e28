import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { connection } from './alert-stream.ts';
import { session } from './session-state.ts';
import { followSite, isSiteKnown, lostSince } from './site.ts';

let answer: () => Promise<Response>;
let unfollow: () => void;

const health = async () => Response.json({ at: Date.now() });
const broken = async (): Promise<Response> => {
  throw new TypeError('Failed to fetch');
};
const refused = async () =>
  Response.json({ code: 'not-signed-in', kind: 'unauthenticated', message: '' }, { status: 401 });

beforeEach(async () => {
  vi.useFakeTimers();
  answer = health;
  connection.value = { isConnected: true, since: 0 };
  vi.stubGlobal('fetch', () => answer());
});
afterEach(() => {
  unfollow();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const sit = async (...rights: string[]): Promise<void> => {
  session.value = { id: 'one', ground: '', roles: [], rights };
  unfollow = followSite();
  await vi.advanceTimersByTimeAsync(0);
};

// What system administrators, security administrators, auditors and operators have.
test.each([['system.read'], ['users.read'], ['audit.read'], ['alerts.read']])(
  'with %s only it is known within a poll that the site is gone, and that it is back',
  async (right) => {
    await sit(right);
    expect([lostSince.value, isSiteKnown.value]).toEqual([undefined, true]);

    answer = broken;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(lostSince.value).toBe(Date.now());
    expect(isSiteKnown.value).toBe(false);

    answer = health;
    await vi.advanceTimersByTimeAsync(30_000);
    expect([lostSince.value, isSiteKnown.value]).toEqual([undefined, true]);
  },
);

test('an API that said no is there, though how the site is cannot be told', async () => {
  answer = refused;
  await sit('audit.read');

  expect(lostSince.value).toBeUndefined();
  expect(isSiteKnown.value).toBe(false);
});

test('who hears alerts knows it from the stream first, and again from the stream when it is back', async () => {
  await sit('alerts.read');
  connection.value = { isConnected: false, since: 5 };
  expect(lostSince.value).toBe(5);
  answer = broken;
  await vi.advanceTimersByTimeAsync(10_000);

  connection.value = { isConnected: true, since: Date.now() + 1 };

  expect(lostSince.value).toBeUndefined();
});

test('a stream that somebody left broken says nothing to who has none', async () => {
  connection.value = { isConnected: false, since: 5 };
  await sit('audit.read');

  expect(lostSince.value).toBeUndefined();
});
