import { afterEach, expect, test, vi } from 'vitest';
import { pages } from './pages.ts';
import { preloadPage } from './preload-page.ts';

afterEach(() => history.replaceState(undefined, '', '/'));

const scripted = (path: string, comes = true) => {
  const Page = () => null;
  const preload = vi.fn(() => (comes ? Promise.resolve(Page) : Promise.reject(new Error('offline'))));
  return { path, component: Object.assign(Page, { preload }) };
};

test('the page of the address is fetched, and no other', () => {
  const [wall, map] = [scripted('/wall'), scripted('/map')];
  history.replaceState(undefined, '', '/map?camera=gate-1');

  preloadPage([wall, map]);

  expect([wall, map].map(({ component }) => component.preload.mock.calls.length)).toEqual([0, 1]);
});

test('an address without a page fetches nothing', () => {
  const wall = scripted('/wall');
  history.replaceState(undefined, '', '/walls');

  preloadPage([wall]);

  expect(wall.component.preload).not.toHaveBeenCalled();
});

test('one that does not come is left to when it is shown', async () => {
  const wall = scripted('/wall', false);
  history.replaceState(undefined, '', '/wall');
  const unheard: unknown[] = [];
  const note = (event: PromiseRejectionEvent) => unheard.push(event.reason);
  addEventListener('unhandledrejection', note);

  preloadPage([wall]);
  await vi.waitFor(() => expect(wall.component.preload.mock.settledResults[0]?.type).toBe('rejected'));
  removeEventListener('unhandledrejection', note);

  expect(unheard).toEqual([]);
});

test('every page can be fetched so', () => {
  for (const { component } of pages) expect(component.preload).toBeTypeOf('function');
});
