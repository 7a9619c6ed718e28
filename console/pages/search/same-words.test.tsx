import { type ComponentChild, render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, expect, test } from 'vitest';
import type { CameraView } from '../../../api/schema/camera-view.ts';
import { session } from '../../http/session-state.ts';
import { cameras } from '../../http/site.ts';
import { toCsv } from '../../parts/csv.ts';
import { language } from '../../words/language.ts';
import { AlertRow } from '../queue/list/alert-row.tsx';
import { scriptedAlert } from '../queue/scripted-alert.ts';
import { csvColumns } from './found-alerts.tsx';
import { Gallery, ResultTable } from './results.tsx';
import type { FoundAlert } from './search-store.ts';

const alert = scriptedAlert(1, { zoneId: 'lawn' });
const items = [alert as FoundAlert];
const chosen = { ids: { value: new Set() } } as unknown as Parameters<typeof Gallery>[0]['chosen'];

afterEach(() => {
  cameras.value = [];
});

const textOf = async (shown: ComponentChild): Promise<string> => {
  const root = document.createElement('div');
  document.body.append(root);
  await act(() => render(shown, root));
  return root.textContent ?? '';
};

test('the queue, the table, the gallery and the file say an alert in the same words', async () => {
  language.value = 'en';
  session.value = { id: 'wang', ground: '', roles: [], rights: [] };
  cameras.value = [
    { id: 'gate-1', zones: [{ id: 'lawn', name: '草坪', polygon: [] }] } as unknown as CameraView,
  ];
  const row = { alert, count: 1, isMember: false, isExpanded: false };
  const said = 'Person in 草坪 for 2.1 s, limit 2 s';

  expect(await textOf(<AlertRow row={row as never} isChosen={false} />)).toContain(said);
  expect(await textOf(<ResultTable {...{ items, chosen }} />)).toContain(said);
  expect(await textOf(<Gallery {...{ items, chosen }} />)).toContain(said);
  expect(toCsv(csvColumns(), items)).toContain(said);
});
