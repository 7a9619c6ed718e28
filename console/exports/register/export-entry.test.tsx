import { render } from 'preact';
import { act } from 'preact/test-utils';
import { expect, test } from 'vitest';
import type { ExportView } from '../../../api/schema/export-view.ts';
import type { ArchiveState } from '../../../core/schema/archive-state.ts';
import { session } from '../../http/session-state.ts';
import { language } from '../../words/language.ts';
import { ExportEntry } from './export-entry.tsx';

const exported = (changed: Partial<ExportView>): ExportView => ({
  ...{ exportId: 'E', ground: '431103110', by: 'wang', at: 0, kind: 'alerts', purpose: 'disposalReview' },
  ...{ reason: 'the committee asks', alertIds: ['A'], steps: [], state: 'asked', ...changed },
});

const shown = async (changed: Partial<ExportView>, id = 'wang') => {
  language.value = 'en';
  session.value = { id, ground: '', roles: [], rights: ['exports.ask', 'exports.approve'] };
  const root = document.createElement('div');
  await act(() => render(<ExportEntry exported={exported(changed)} onChanged={() => undefined} />, root));
  return root;
};
const buttons = (root: Element) => [...root.querySelectorAll('button')].map(({ textContent }) => textContent);

test('whoever asked is offered to withdraw, and others to answer', async () => {
  expect(buttons(await shown({}))).toEqual(['Withdraw']);
  expect(buttons(await shown({}, 'li'))).toEqual(['Approve', 'Refuse…']);
  expect(buttons(await shown({ state: 'expired' }, 'li'))).toEqual([]);
});

test('it says who refused it, and why', async () => {
  const root = await shown({
    state: 'refused',
    steps: [{ to: 'refused', by: 'li', at: 0, why: 'nobody asked for it' }],
  });

  expect(root.textContent).toMatch(/li, .+: refused.*nobody asked for it/);
});

test('an archive is offered to whoever asked for it, and to nobody else', async () => {
  const archive: ArchiveState = { state: 'ready', bytes: 3 * 1024 ** 2, sha256: 'f'.repeat(64), files: 7 };
  const link = (root: Element) => root.querySelector('a[download]')?.getAttribute('href');

  expect(link(await shown({ state: 'approved', archive }))).toBe('/api/v1/exports/E/archive');
  const theirs = await shown({ state: 'approved', archive }, 'li');
  expect(link(theirs)).toBeUndefined();
  expect(theirs.textContent).toMatch(/3 MB, 7 files.*Only who asked/);
});

test('an archive that could not be made says why and can be made again', async () => {
  const archive: ArchiveState = { state: 'failed', code: 'disk-full', message: 'no room' };
  const root = await shown({ state: 'approved', archive });

  expect(root.textContent).toMatch(/no room \(disk-full\)/);
  expect(buttons(root)).toContain('Make it again');
});

test('an archive that is being made says how far it is', async () => {
  const root = await shown({ state: 'approved', archive: { state: 'making', made: 3, of: 12 } });

  expect(root.textContent).toMatch(/3 of 12/);
});
