import { expect, test } from 'vitest';
import type { CameraView } from '../../../../api/schema/camera-view.ts';
import { darkOf } from './dark-of.ts';

const view = (id: string, state: string, since: number) =>
  ({ id, status: { state, since } }) as unknown as CameraView;

test('speaks of cameras that are lost for some seconds, the latest first', () => {
  const views = [view('old', 'lost', 1_000), view('late', 'lost', 60_000), view('well', 'live', 0)];

  expect(darkOf(views, 64_000).map(({ id }) => id)).toEqual(['late', 'old']);
});

test('says nothing of one that may be back in a moment, nor of one of which nothing is heard', () => {
  const unheard = { id: 'unheard' } as unknown as CameraView;

  expect(darkOf([view('late', 'lost', 60_000), unheard], 62_000)).toEqual([]);
});
