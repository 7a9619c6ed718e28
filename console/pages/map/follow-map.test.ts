import { beforeEach, expect, test, vi } from 'vitest';
import { session } from '../../http/session-state.ts';
import { loadMap } from './follow-map.ts';
import { failures } from './map-state.ts';

beforeEach(() => {
  session.value = { id: 'wang', ground: '', roles: [], rights: ['cameras.read'] };
});

test('a part that came does not hide that another could not be had', async () => {
  vi.stubGlobal('fetch', async (path: string) => {
    if (path.endsWith('/map')) throw new TypeError('Failed to fetch');
    return Response.json({ ids: [], items: [] });
  });

  loadMap();
  await vi.waitFor(() => expect(failures.value.ground).toMatchObject({ code: 'unreachable' }));
  loadMap();
  await vi.waitFor(() => expect(failures.value).toEqual({ ground: expect.anything() }));

  vi.stubGlobal('fetch', async () => Response.json({ ids: [], items: [], marks: [] }));
  loadMap();
  await vi.waitFor(() => expect(failures.value).toEqual({}));
  vi.unstubAllGlobals();
});
