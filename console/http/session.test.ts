import { afterEach, describe, expect, it, vi } from 'vitest';
import { clockTime, timeZone } from '../words/site-time.ts';
import { loadSession } from './session.ts';
import { may, session } from './session-state.ts';

afterEach(() => {
  vi.unstubAllGlobals();
  session.value = 'unknown';
  timeZone.value = 'Asia/Shanghai';
});

const answer = (status: number, body: unknown): void => {
  vi.stubGlobal('fetch', () => Promise.resolve(new Response(JSON.stringify(body), { status })));
};

describe('who is signed in', () => {
  it('is nobody when the API says so', async () => {
    answer(401, { code: 'not-signed-in', kind: 'unauthenticated', message: '', requestId: '' });
    await loadSession();
    expect([session.value, may('alerts.read')]).toEqual([undefined, false]);
  });

  it('may do what their rights say', async () => {
    answer(200, { id: 'wang', ground: '4311', roles: ['operator'], rights: ['alerts.read'] });
    await loadSession();
    expect([may('alerts.read'), may('alerts.dispatch')]).toEqual([true, false]);
  });

  it('sees the site’s time on every page from the beginning', async () => {
    answer(200, { id: 'wang', ground: '6501', roles: [], rights: [], timezone: 'Asia/Urumqi' });
    await loadSession();
    expect(clockTime(Date.UTC(2026, 0, 1))).toBe('06:00:00');
  });

  it('may try everything where the API has no sessions', async () => {
    answer(404, { code: 'route-unknown', kind: 'not-found', message: '', requestId: '' });
    await loadSession();
    expect(may('users.write')).toBe(true);
  });

  it('stays unknown when the API fails', async () => {
    answer(503, { code: 'history-unavailable', kind: 'unavailable', message: '', requestId: '' });
    await expect(loadSession()).rejects.toMatchObject({ code: 'history-unavailable' });
    expect(session.value).toBe('unknown');
  });
});
