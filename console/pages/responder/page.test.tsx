import { signal } from '@preact/signals';
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { language } from '../../words/language.ts';
import { timeZone } from '../../words/site-time.ts';
import type { OpenAnswer } from './answer.ts';
import type { AnswerData } from './answer-client.ts';
import { openDrafts } from './drafts.ts';
import { ResponderPage } from './page.tsx';

const told: AnswerData = {
  ...{
    placeName: '采石镇 河东村',
    placeNameEn: 'Caishi Hedong',
    cameraName: '村口',
    scenarioName: '村口夜间',
  },
  ...{
    kind: 'intrusion',
    severity: 'high',
    raisedAt: Date.UTC(2020, 0, 1, 4, 30),
    expiresAt: Date.UTC(2020, 0, 1, 6, 30),
  },
  ...{ timezone: 'Asia/Urumqi', state: 'dispatched', next: [], hasPicture: false, pictures: [] },
};
let root: HTMLElement;

beforeEach(() => {
  localStorage.clear();
  root = document.createElement('div');
  document.body.append(root);
});

afterEach(() => {
  render(null, root);
  root.remove();
  vi.restoreAllMocks();
});

const show = async (data: AnswerData) => {
  const answer: OpenAnswer = {
    ...{
      data: signal(data),
      problem: signal(),
      offlineSince: signal(),
      pending: signal(),
      isMoved: signal(false),
    },
    ...{ picture: signal(), waiting: signal([]), start: vi.fn(), say: vi.fn(), add: vi.fn(), drop: vi.fn() },
    ...{ wake: vi.fn(), lose: vi.fn() },
  };
  await act(() => render(<ResponderPage answer={answer} drafts={openDrafts(localStorage, 'token')} />, root));
  return answer;
};

test('the place is named in the language of the page', async () => {
  language.value = 'en';
  await show(told);
  expect(root.querySelector('.where')?.textContent).toBe('Caishi Hedong村口');
  await act(() => {
    language.value = 'zh';
  });
  expect(root.querySelector('.where')?.textContent).toBe('采石镇 河东村村口');
});

test('a place without an English name is named as it is', async () => {
  language.value = 'en';
  const { placeNameEn: _, ...nameless } = told;
  await show(nameless);

  expect(root.querySelector('.where')?.textContent).toBe('采石镇 河东村村口');
});

test('times are the site’s', async () => {
  language.value = 'en';
  timeZone.value = 'Asia/Urumqi';
  await show(told);

  expect(root.textContent).toContain('1 Jan, 10:30');
  expect(root.textContent).toContain('1 Jan, 12:30');
});

test('the page hears of a line that goes and comes', async () => {
  const answer = await show(told);
  expect(answer.lose).not.toHaveBeenCalled();
  window.dispatchEvent(new Event('offline'));
  expect(answer.lose).toHaveBeenCalledOnce();
  expect(answer.wake).not.toHaveBeenCalled();
  window.dispatchEvent(new Event('online'));
  expect(answer.wake).toHaveBeenCalledOnce();
});

test('a page that is opened without a line says so', async () => {
  vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);

  expect((await show(told)).lose).toHaveBeenCalledOnce();
});
