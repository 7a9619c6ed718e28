import { afterEach, describe, expect, it, vi } from 'vitest';
import { loadSession } from './session.ts';
import { may, session } from './session-state.ts';

afterEach(() => {
  vi.unstubAllGlobals();
  session.value = 'unknown';
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
