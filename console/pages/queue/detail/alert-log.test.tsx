import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, expect, test, vi } from 'vitest';
import { session } from '../../../http/session-state.ts';
import { language } from '../../../words/language.ts';
import type { QueueAlert } from '../list/open-list.ts';
import { scriptedAlert } from '../scripted-alert.ts';
import { selectedId } from '../selection.ts';
import { AlertLog } from './alert-log.tsx';

afterEach(() => vi.unstubAllGlobals());

const pictures: QueueAlert['pictures'] = [
  {
    ...{ n: 1, when: 'before', at: 50, by: 'responder:zhou', sha256: 'a'.repeat(64) },
    ...{ sizeBytes: 9, width: 4, height: 3 },
  },
  {
    ...{ n: 2, when: 'before', at: 51, by: 'responder:zhou', sha256: 'b'.repeat(64) },
    ...{ sizeBytes: 9, width: 4, height: 3, deleted: 'its time is over' },
  },
];

const shown = async (changed: Partial<QueueAlert>, rights: string[] = ['evidence.read']) => {
  language.value = 'en';
  session.value = { id: 'wang', ground: '', roles: [], rights };
  const root = document.createElement('div');
  document.body.append(root);
  await act(() => render(<AlertLog alert={scriptedAlert(1, changed)} />, root));
  return root;
};

test('pictures from the spot are there small, and one that is pressed is there large', async () => {
  const root = await shown({ pictures });
  const address = `/api/v1/alerts/${scriptedAlert(1).alertId}/pictures/1`;
  const small = root.querySelectorAll<HTMLElement>('.spot-picture');
  expect([...small].map((one) => one.querySelector('img')?.getAttribute('src'))).toEqual([address]);
  expect(root.textContent).toMatch(/1 deleted/);

  await act(() => small[0]?.click());

  expect(root.querySelector('dialog img')?.getAttribute('src')).toBe(address);
});

test('nothing of them is asked for without the right to see evidence', async () => {
  const root = await shown({ pictures }, []);

  expect(root.querySelector('img')).toBeNull();
});

test('a duplicate leads to what it repeats', async () => {
  const asked: string[] = [];
  vi.stubGlobal('fetch', async (address: string) => {
    asked.push(address);
    return new Response(JSON.stringify(scriptedAlert(2, { alertId: 'ORIGINAL' })));
  });
  const root = await shown({ steps: [{ state: 'duplicate', at: 9, by: 'wang', duplicateOf: 'ORIGINAL' }] });

  await act(() => root.querySelector<HTMLElement>('.log-link')?.click());

  expect(selectedId.value).toBe('ORIGINAL');
  await vi.waitFor(() => expect(asked).toEqual(['/api/v1/alerts/ORIGINAL']));
});

test('what was done by itself is said in words', async () => {
  const root = await shown({
    actions: [{ at: 5, action: 'talkDown', target: 'horn-1', outcome: 'hourly-limit' }],
  });

  expect(root.textContent).toMatch(/Talk-down.*horn-1.*hourly limit/);
});

test('places in the log are said by what they are, not by their code alone', async () => {
  const root = await shown({
    actions: [{ at: 5, action: 'escalate', target: '431103', outcome: 'accepted' }],
    escalatedTo: '4311',
  });

  expect(root.querySelector('.log')?.textContent).toMatch(/Escalation.*county 431103.*done/);
  expect(root.textContent).toMatch(/prefecture 4311\b/);
});
