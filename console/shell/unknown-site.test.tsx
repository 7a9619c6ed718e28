import { type ComponentChild, render } from 'preact';
import { act } from 'preact/test-utils';
import { LocationProvider } from 'preact-iso';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { session } from '../http/session-state.ts';
import { followSite } from '../http/site.ts';
import { CameraList } from '../pages/cameras/list/camera-list.tsx';
import { ExplainTab } from '../pages/engineer/explain/explain-tab.tsx';
import { HealthTab } from '../pages/system/health-tab.tsx';
import { StorageTab } from '../pages/system/storage-tab.tsx';
import { WallPage } from '../pages/wall/wall-page.tsx';
import { language } from '../words/language.ts';
import { ConnectionBanner } from './connection-banner.tsx';

/** As the site is asked for while nothing of it is known; each page in a root of its own. */
const pages: readonly (readonly [string, ComponentChild])[] = [
  ['the wall', <WallPage />],
  ['the list of cameras', <CameraList />],
  ['the explanation of a camera', <ExplainTab />],
  ['the health of the site', <HealthTab />],
  ['the storage', <StorageTab />],
];

const noClaims = /no camera|nothing like that/i;
const stops: (() => void)[] = [];

beforeEach(() => {
  language.value = 'en';
  session.value = { id: 'wang', ground: '', roles: [], rights: ['cameras.read'] };
});

afterEach(() => {
  for (const stop of stops.splice(0)) stop();
  vi.unstubAllGlobals();
});

const shown = async (page: ComponentChild, fetched: () => Promise<Response>): Promise<HTMLElement> => {
  vi.stubGlobal('fetch', fetched);
  const root = document.createElement('div');
  document.body.append(root);
  await act(async () => {
    stops.push(followSite());
    render(<LocationProvider>{page}</LocationProvider>, root);
    await Promise.resolve();
  });
  stops.push(() => render(null, root));
  return root;
};

const broken = async (): Promise<Response> => {
  throw new TypeError('Failed to fetch');
};

test.each(pages)('%s claims nothing while the site is not known yet', async (_, page) => {
  const root = await shown(page, () => new Promise<Response>(() => undefined));

  expect(root.textContent).toMatch(/loading/i);
  expect(root.textContent).not.toMatch(noClaims);
});

test.each(pages)('%s says that the site cannot be had, and how to try again', async (_, page) => {
  const root = await shown(page, broken);
  await vi.waitFor(() => expect(root.querySelector('[role=alert]')).not.toBeNull());

  expect(root.querySelector('[role=alert] button')?.textContent).toMatch(/again/i);
  expect(root.textContent).not.toMatch(noClaims);
});

test('who may not hear alerts is told since when the site does not answer', async () => {
  const root = await shown(<ConnectionBanner />, broken);

  await vi.waitFor(() => expect(root.textContent).toMatch(/Disconnected since \d\d:\d\d/));
});
