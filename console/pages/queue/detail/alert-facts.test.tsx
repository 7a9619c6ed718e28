import { render } from 'preact';
import { act } from 'preact/test-utils';
import { expect, test } from 'vitest';
import { language } from '../../../words/language.ts';
import { timeZone } from '../../../words/site-time.ts';
import { scriptedAlert } from '../scripted-alert.ts';
import { AlertFactList } from './alert-facts.tsx';

test('a situation that is over is said to have ended, which no overdue time can be taken for', async () => {
  language.value = 'en';
  timeZone.value = 'Asia/Shanghai';
  const root = document.createElement('div');
  const endedAt = Date.UTC(2020, 0, 1, 4, 16, 49);
  await act(() => render(<AlertFactList alert={scriptedAlert(1, { endedAt })} />, root));

  expect(root.textContent).toContain('Situationended Wed 1 Jan 12:16:49');
});
