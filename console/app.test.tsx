import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { App } from './app.tsx';
import { session } from './http/session-state.ts';
import { language } from './words/language.ts';

let root: HTMLElement;

beforeEach(() => {
  vi.useFakeTimers();
  language.value = 'en';
  session.value = 'unknown';
  root = document.createElement('div');
  document.body.append(root);
});

afterEach(() => {
  render(null, root);
  root.remove();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const pass = (ms: number) =>
  act(async () => {
    await vi.advanceTimersByTimeAsync(ms);
  });

const unauthenticated = () => {
  const body = { code: 'auth-required', kind: 'unauthenticated', message: 'sign in' };
  return Promise.resolve(new Response(JSON.stringify(body), { status: 401 }));
};

test('a screen that was switched on before the site says so, and comes up by itself', async () => {
  const asked = vi.fn(() => Promise.reject(new TypeError('Failed to fetch')));
  vi.stubGlobal('fetch', asked);

  await act(() => render(<App />, root));
  await pass(0);
  expect(root.querySelector('[role=alert]')).not.toBeNull();
  await pass(2000);
  expect(asked.mock.calls.length).toBeGreaterThan(1);

  vi.stubGlobal('fetch', vi.fn(unauthenticated));
  await pass(20_000);
  expect(root.querySelector('[role=alert]')).toBeNull();
  expect(root.querySelector('input[name=username]')).not.toBeNull();
});

test('who is there is asked once when the site answers', async () => {
  const asked = vi.fn(unauthenticated);
  vi.stubGlobal('fetch', asked);

  await act(() => render(<App />, root));
  await pass(60_000);

  expect(asked).toHaveBeenCalledTimes(1);
});
