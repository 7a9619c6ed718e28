import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, expect, test } from 'vitest';
import type { CameraView } from '../../../api/schema/camera-view.ts';
import { keepShown } from './last-shown.ts';
import type { Layout } from './layouts/layouts.ts';
import { useWall, type Wall } from './use-wall.ts';

afterEach(() => localStorage.clear());

const cameras = ['a', 'b', 'c'].map((id) => ({ id, place: '431103110201' }) as CameraView);
const layout: Layout = { layoutId: 'early', name: '早班', size: 1, cameraIds: ['b'], revision: 1 };

/** A wall of `wang`; gives what it is now. */
const openWall = async (of: readonly CameraView[]): Promise<() => Wall> => {
  let wall: Wall | undefined;
  const Shown = () => {
    wall = useWall('wang', of);
    return null;
  };
  await act(() => render(<Shown />, document.createElement('div')));
  return () => {
    if (!wall) throw new Error('no wall');
    return wall;
  };
};

test('a wall that is opened again shows what was chosen', async () => {
  const wall = await openWall(cameras);
  await act(() => wall().show(layout));

  const again = await openWall(cameras);

  expect([again().size, again().layoutId]).toEqual([1, 'early']);
  expect(again().cameras.map((camera) => camera?.id)).toEqual(['b']);
});

test('what is chosen while a layout is being kept is not taken back', async () => {
  const wall = await openWall(cameras);
  const before = wall();
  await act(() => wall().setPlace('431103110201'));

  await act(() => before.show(layout));

  expect([wall().place, wall().layoutId]).toEqual(['431103110201', 'early']);
});

test('a page and a place whose cameras are gone are not shown', async () => {
  keepShown('wang', { size: 4, place: '431103999', page: 7, cameraIds: undefined, layoutId: '' });

  const wall = await openWall(cameras);

  expect([wall().place, wall().page, wall().pages]).toEqual(['', 0, 1]);
  expect(wall().cameras.map((camera) => camera?.id)).toEqual(['a', 'b', 'c']);
});
