import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { exportPurposes, exportStates } from '../../../core/schema/export.ts';
import { language } from '../../words/language.ts';
import { exportStateWord, purposeWord } from '../words.ts';
import { ExportDialog, type ExportDialogProps } from './export-dialog.tsx';

let root: HTMLElement;
let sent: unknown[];

beforeEach(() => {
  language.value = 'en';
  root = document.createElement('div');
  document.body.append(root);
  sent = [];
  vi.stubGlobal('fetch', async (_: string, { body }: RequestInit) => {
    sent.push(JSON.parse(String(body)));
    return new Response('{}', { status: 200 });
  });
});

afterEach(async () => {
  await act(() => render(null, root));
  root.remove();
  vi.unstubAllGlobals();
});

const open = (props: Partial<ExportDialogProps>) =>
  act(() =>
    render(
      <ExportDialog
        kind="alerts"
        alertIds={['A', 'B']}
        onClose={() => undefined}
        onAsked={() => undefined}
        {...props}
      />,
      root,
    ),
  );

const write = (text: string) =>
  act(() => {
    const field = root.querySelector('textarea');
    if (!field) throw new TypeError('no field for the reason');
    field.value = text;
    field.dispatchEvent(new Event('input', { bubbles: true }));
  });

const isOff = () => root.querySelector<HTMLButtonElement>('button[type=submit]')?.disabled;
const submit = () => act(() => void root.querySelector('form')?.dispatchEvent(new Event('submit')));

test('the words name every purpose and state that there is', () => {
  expect(Object.keys(purposeWord.words.zh)).toEqual([...exportPurposes]);
  expect(Object.keys(exportStateWord.words.zh)).toEqual([...exportStates]);
});

test('it is asked for only with a purpose and a reason that somebody can judge', async () => {
  let isAsked = false;
  await open({
    onAsked: () => {
      isAsked = true;
    },
  });
  await write('too short  ');
  expect(isOff()).toBe(true);

  await act(() => {
    const select = root.querySelector('select');
    if (select) select.value = 'disposalReview';
    select?.dispatchEvent(new Event('change', { bubbles: true }));
  });
  expect(isOff()).toBe(true);
  await write(' the village committee asks how it went ');
  expect(isOff()).toBe(false);
  await submit();
  await vi.waitFor(() => expect(isAsked).toBe(true));

  const reason = 'the village committee asks how it went';
  expect(sent).toEqual([{ kind: 'alerts', purpose: 'disposalReview', reason, alertIds: ['A', 'B'] }]);
});

test('hard examples are for training alone, in the format that was chosen', async () => {
  await open({ kind: 'hardExamples' });
  expect(root.querySelector('select')).toBeNull();

  await write('shadows that were taken for persons');
  await act(() => root.querySelectorAll<HTMLElement>('.choice button')[1]?.click());
  await submit();
  await vi.waitFor(() => expect(sent).toHaveLength(1));

  expect(sent[0]).toMatchObject({ kind: 'hardExamples', purpose: 'training', format: 'coco' });
});

test('it says that persons and the places of plates are blurred', async () => {
  await open({});

  expect(root.textContent).toMatch(/persons and the places of number plates are blurred/);
});
