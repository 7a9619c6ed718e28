import { afterEach, describe, expect, it, vi } from 'vitest';
import { ask, toAddress } from './ask.ts';
import { isSessionLost, session } from './session-state.ts';

const signedIn = { id: 'wang', ground: '431103110', roles: [], rights: [], csrfToken: 'token-1' };

afterEach(() => {
  vi.unstubAllGlobals();
  isSessionLost.value = false;
  session.value = 'unknown';
});

const answer = (status: number, body: unknown) => {
  const fetched = vi.fn((_address: string, _init: RequestInit) =>
    Promise.resolve(new Response(status === 204 ? null : JSON.stringify(body), { status })),
  );
  vi.stubGlobal('fetch', fetched);
  return (): Headers => new Headers(fetched.mock.calls[0]?.[1].headers);
};

describe('asking the API', () => {
  it('writes a list once an item and leaves out what is not given', () => {
    expect(toAddress('/a', { state: ['raised', 'closed'], cursor: undefined, limit: 5 })).toBe(
      '/a?state=raised&state=closed&limit=5',
    );
  });

  it('shows the token of the session with a change, and only then', async () => {
    session.value = signedIn;
    const headers = answer(200, {});
    await ask('/a', { method: 'POST', body: {} });
    expect(headers().get('X-CSRF-Token')).toBe('token-1');
    const readHeaders = answer(200, {});
    await ask('/a');
    expect(readHeaders().has('X-CSRF-Token')).toBe(false);
  });

  it('fails with the code of the API', async () => {
    answer(409, { code: 'alert-moved', kind: 'conflict', message: 'li was first', requestId: 'r-1' });
    await expect(ask('/a')).rejects.toMatchObject({
      code: 'alert-moved',
      kind: 'conflict',
      requestId: 'r-1',
    });
  });

  it('calls an answer of something else unreadable', async () => {
    vi.stubGlobal('fetch', () => Promise.resolve(new Response('<html>', { status: 502 })));
    await expect(ask('/a')).rejects.toMatchObject({ code: 'unreadable' });
  });

  it('ends the session when the API no longer knows it, but keeps who was there', async () => {
    session.value = signedIn;
    answer(401, { code: 'not-signed-in', kind: 'unauthenticated', message: '', requestId: '' });
    await expect(ask('/a')).rejects.toMatchObject({ kind: 'unauthenticated' });
    expect([isSessionLost.value, session.value]).toEqual([true, signedIn]);
  });

  it.each([
    [undefined, 10_000],
    [60_000, 60_000],
  ])('gives up an answer that does not come: asked for within %s ms, after %i', async (deadlineMs, after) => {
    const ending = new AbortController();
    const timeout = vi.spyOn(AbortSignal, 'timeout').mockReturnValue(ending.signal);
    vi.stubGlobal(
      'fetch',
      (_address: string, { signal }: { signal: AbortSignal }) =>
        new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
    );

    const asked = ask('/a', deadlineMs === undefined ? {} : { deadlineMs });
    ending.abort();

    await expect(asked).rejects.toMatchObject({ code: 'deadline', kind: 'timeout' });
    expect(timeout).toHaveBeenCalledWith(after);
    timeout.mockRestore();
  });

  it('says that the server cannot be reached', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('failed to fetch')));
    await expect(ask('/a')).rejects.toMatchObject({ code: 'unreachable', kind: 'unavailable' });
  });
});
