import { signal } from '@preact/signals';
import { type ComponentChild, render } from 'preact';
import { act } from 'preact/test-utils';
import { LocationProvider } from 'preact-iso';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { CameraView } from '../../api/schema/camera-view.ts';
import type { HealthView } from '../../api/schema/health-view.ts';
import { connection } from '../http/alert-stream.ts';
import { session } from '../http/session-state.ts';
import { cameras, health } from '../http/site.ts';
import { CameraList } from '../pages/cameras/list/camera-list.tsx';
import { positions, shownSpots } from '../pages/map/map-state.ts';
import { NothingOpen } from '../pages/queue/list/nothing-open.tsx';
import type { OpenAnswer } from '../pages/responder/answer.ts';
import { openDrafts } from '../pages/responder/drafts.ts';
import { ResponderPage } from '../pages/responder/page.tsx';
import { language } from '../words/language.ts';
import { HealthDot } from './health-dot.tsx';

const camera = { id: 'gate-1', name: 'Gate', place: '431103110201', state: 'live' } as CameraView;
const roots: HTMLElement[] = [];

beforeEach(() => {
  language.value = 'en';
  session.value = { id: 'wang', ground: '', roles: [], rights: ['alerts.read', 'cameras.read'] };
  connection.value = { isConnected: true, since: 1 };
  cameras.value = [camera];
  health.value = { state: 'ok', cameras: { live: 1, total: 1 } } as HealthView;
  vi.stubGlobal('fetch', () => new Promise(() => undefined));
});
afterEach(() => {
  for (const root of roots.splice(0)) render(null, root);
  vi.unstubAllGlobals();
});

const shown = (page: ComponentChild): HTMLElement => {
  const root = document.createElement('div');
  roots.push(root);
  void act(() => render(<LocationProvider>{page}</LocationProvider>, root));
  return root;
};
const lose = (): void => {
  void act(() => {
    connection.value = { isConnected: false, since: 2 };
  });
};

test('how the site is and how many cameras are watched is not said once the site is gone', () => {
  const [dot, none] = [shown(<HealthDot />), shown(<NothingOpen />)];
  expect(dot.textContent).toMatch(/System well/);
  expect(none.textContent).toMatch(/1 of 1/);

  lose();

  expect(dot.textContent).toMatch(/unknown/i);
  expect(none.textContent).not.toMatch(/1 of 1/);
});

test('no camera stays live on the map once the site is gone', () => {
  positions.value = {
    ...{ ids: ['gate-1', 'old'], names: ['Gate', 'Old'], places: ['4', '4'], longitudes: [1, 1] },
    ...{ latitudes: [1, 1], states: ['live', 'off'], unusable: [], awake: [0] },
  } as NonNullable<typeof positions.value>;
  expect(shownSpots.value.map(({ condition }) => condition)).toEqual(['awake', 'off']);

  lose();

  expect(shownSpots.value.map(({ condition }) => condition)).toEqual(['unknown', 'off']);
});

test('no camera stays live in the list once the site is gone', async () => {
  vi.stubGlobal('fetch', async () => Response.json({ items: [camera] }));
  const { followSite } = await import('../http/site.ts');
  const unfollow = followSite();
  const list = shown(<CameraList />);
  // Rows are drawn where there is room for them, which here there is not: the filter sees the same cameras.
  const choose = async (state: string): Promise<string | null> => {
    const select = list.querySelectorAll('select')[1];
    await act(async () => {
      if (select) select.value = state;
      select?.dispatchEvent(new Event('change', { bubbles: true }));
    });
    return list.textContent;
  };
  await vi.waitFor(() => expect(list.textContent).not.toMatch(/loading/i));
  expect(await choose('live')).not.toMatch(/nothing like that/i);

  lose();

  expect(await choose('live')).toMatch(/nothing like that/i);
  expect(await choose('unknown')).not.toMatch(/nothing like that/i);
  unfollow();
});

test('a task that cannot be opened says so, and is tried again when that is pressed', () => {
  const wake = vi.fn();
  const offlineSince = signal<number | undefined>(undefined);
  const answer = { data: signal(undefined), problem: signal(undefined), offlineSince, wake };
  const page = shown(
    <ResponderPage answer={answer as unknown as OpenAnswer} drafts={openDrafts(localStorage, 'token')} />,
  );
  expect(page.textContent).toMatch(/Opening/);

  void act(() => {
    offlineSince.value = 1;
  });

  expect(page.textContent).not.toMatch(/Opening/);
  page.querySelector<HTMLButtonElement>('main button')?.click();
  expect(wake).toHaveBeenCalledOnce();
});
