import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, expect, test, vi } from 'vitest';
import type { CameraView } from '../../api/schema/camera-view.ts';
import { language } from '../words/language.ts';
import { LiveTile } from './live-tile.tsx';

vi.mock('./use-visible.ts', () => ({ useVisible: () => true }));
vi.mock('./use-live.ts', () => ({
  useLive: () => ({
    state: { name: 'dead', reason: 'camera-dark: no picture since 2026-01-05T12:00:00.000Z' },
    behindSeconds: 0,
  }),
}));

const view = (status: object) =>
  ({ id: 'gate-1', name: 'Gate', place: '4', status }) as unknown as CameraView;
const choice = { boxes: true, tails: true, zones: true };
const root = document.createElement('div');
const asked: string[] = [];

const tile = async (status: object, own?: object): Promise<string | null | undefined> => {
  language.value = 'en';
  vi.stubGlobal('fetch', async (path: string) => {
    asked.push(path);
    return Response.json(view(own ?? status));
  });
  await act(async () => render(<LiveTile camera={view(status)} choice={choice} />, root));
  return root.querySelector('.live-state')?.textContent;
};

afterEach(() => {
  void act(() => render(null, root));
  asked.length = 0;
  vi.unstubAllGlobals();
});

test('a tile whose camera died after all cameras were asked for asks that one why', async () => {
  await tile({ state: 'live', at: 1, since: 1 }, { state: 'lost', at: 2, since: 2, cause: 'unreachable' });

  await vi.waitFor(() =>
    expect(root.querySelector('.live-state')?.textContent).toMatch(
      /No picture since .+the camera cannot be reached/,
    ),
  );
  expect(asked).toEqual(['/api/v1/cameras/gate-1']);
});

test('a cause that is known is not asked for', async () => {
  const told = await tile({ state: 'lost', at: 2, since: 2, cause: 'unauthorised' });

  expect(told).toMatch(/wrong user name or password/);
  expect(asked).toEqual([]);
});

test('what the camera said before does not stand against what all cameras say since', async () => {
  const told = await tile(
    { state: 'lost', at: 9, since: 9 },
    { state: 'lost', at: 2, since: 2, cause: 'refused' },
  );
  await vi.waitFor(() => expect(asked).toHaveLength(1));

  expect(told).not.toMatch(/refuses the connection/);
});
