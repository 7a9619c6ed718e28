import { expect, test } from 'vitest';
import type { CameraView } from '../../../api/schema/camera-view.ts';
import { fillByHand, fillByPlace } from './fill.ts';
import { loadLayouts, removeLayout, saveLayout } from './layouts.ts';

const camera = (id: string, place: string) => ({ id, place, name: id }) as CameraView;
const cameras = [
  camera('c', '431103110202'),
  camera('a', '431103110201'),
  camera('b', '431103110201'),
  camera('d', '431103110202'),
  camera('e', '431103110202'),
];
const ids = (shown: readonly (CameraView | undefined)[]) => shown.map((one) => one?.id ?? '-').join('');

test('a village fills the wall a page at a time, and a page too far is the last', () => {
  expect(ids(fillByPlace(cameras, '', 4, 0).cameras)).toBe('abcd');
  expect(ids(fillByPlace(cameras, '', 4, 9).cameras)).toBe('e');
  expect(ids(fillByPlace(cameras, '431103110202', 4, 0).cameras)).toBe('cde');
});

test('a camera that is gone leaves the tile empty that was chosen for it', () => {
  expect(ids(fillByHand(cameras, ['b', 'gone', null, 'a'], 4).cameras)).toBe('b--a');
});

test('layouts are kept for each user, under their names', () => {
  saveLayout('wang', { name: ' 早班 ', size: 4, cameraIds: ['a', null] });
  saveLayout('wang', { name: '早班', size: 9, cameraIds: ['b'] });
  saveLayout('li', { name: '夜班', size: 1, cameraIds: ['c'] });

  expect(loadLayouts('wang')).toEqual([{ name: '早班', size: 9, cameraIds: ['b'] }]);
  expect(removeLayout('wang', '早班')).toEqual([]);
  expect(loadLayouts('li')).toHaveLength(1);
});

test('what another program left in the browser is not taken for a layout', () => {
  localStorage.setItem('xueliang.wall.layouts.wang', '[{"name":1},{"name":"x","size":5,"cameraIds":[]},7]');

  expect(loadLayouts('wang')).toEqual([]);
});
