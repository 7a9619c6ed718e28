import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, expect, test, vi } from 'vitest';
import { Toasts } from '../../parts/toast.tsx';
import { language } from '../../words/language.ts';
import { approve, refuse } from './answer-export.ts';

afterEach(() => vi.unstubAllGlobals());

const answers = (replies: Readonly<Record<string, { status: number; body: object }>>) => {
  const sent: { method: string; body: unknown }[] = [];
  vi.stubGlobal('fetch', async (address: string, { method, body }: RequestInit) => {
    sent.push({ method: String(method), body: typeof body === 'string' ? JSON.parse(body) : undefined });
    const reply = replies[`${method} ${address}`];
    return new Response(JSON.stringify(reply?.body ?? {}), { status: reply?.status ?? 500 });
  });
  return sent;
};

const said = async (): Promise<string> => {
  const root = document.createElement('div');
  await act(() => render(Toasts(), root));
  return root.textContent ?? '';
};

test('who comes second hears who was first and what became of it', async () => {
  language.value = 'en';
  const moved = { code: 'export-moved', kind: 'conflict', message: 'export E is refused by li' };
  answers({
    'POST /api/v1/exports/E/approval': { status: 409, body: moved },
    'GET /api/v1/exports/E': {
      status: 200,
      body: { state: 'refused', steps: [{ to: 'refused', by: 'li', at: 0, why: 'not for this' }] },
    },
  });

  expect(await approve('E')).toBe(false);

  expect(await said()).toMatch(/Nothing was changed: li at .+ “refused”/);
});

test('a refusal goes with its why', async () => {
  language.value = 'en';
  const sent = answers({ 'POST /api/v1/exports/E/approval': { status: 200, body: { state: 'refused' } } });

  expect(await refuse('E', 'not for this purpose')).toBe(true);

  expect(sent).toEqual([{ method: 'POST', body: { approve: false, why: 'not for this purpose' } }]);
});
