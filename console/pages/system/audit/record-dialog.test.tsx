import { render } from 'preact';
import { act } from 'preact/test-utils';
import { expect, test } from 'vitest';
import { language } from '../../../words/language.ts';
import { RecordDialog } from './record-dialog.tsx';

test('a record says what was done, where and what came of it in words', async () => {
  language.value = 'en';
  const root = document.createElement('div');
  document.body.append(root);
  const entry = {
    at: 0,
    who: 'wang',
    what: 'alertStepped',
    target: 'alerts/1',
    place: '431103',
    to: 'onScene',
  } as const;
  const hash = 'a'.repeat(64);
  const record = { schemaVersion: 1, number: 7, previous: hash, hash, entry } as const;
  await act(() => render(<RecordDialog record={record} onClose={() => undefined} />, root));

  expect(root.textContent).toMatch(/Alert stepped.*county 431103.*On scene/);
  expect(root.textContent).not.toContain('onScene');
});
