import { expect, test } from 'vitest';
import type { CameraView } from '../../../api/schema/camera-view.ts';
import { fillByHand, fillByPlace } from './fill.ts';

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
