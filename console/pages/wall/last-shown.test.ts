import { afterEach, expect, test } from 'vitest';
import { keep } from '../../parts/kept.ts';
import { keepShown, lastShown } from './last-shown.ts';

afterEach(() => localStorage.clear());

const usual = { size: 4, place: '', page: 0, cameraIds: undefined, layoutId: '' };

test('a wall shows again what it showed its user last', () => {
  const chosen = {
    size: 9,
    place: '431103110',
    page: 2,
    cameraIds: ['gate', null],
    layoutId: 'early',
  } as const;

  keepShown('wang', chosen);

  expect(lastShown('wang')).toEqual(chosen);
});

test('another user of the same browser sees nothing of it', () => {
  keepShown('wang', { ...usual, size: 16 });

  expect(lastShown('li')).toEqual(usual);
});

test.each(['{', 'null', '"4"', '{"size":5,"place":7,"page":-1,"cameraIds":[3],"layoutId":{}}', '[]'])(
  'what is not understood is not followed: %s',
  (stored) => {
    keep('wall.shown.wang', stored);

    expect(lastShown('wang')).toEqual(usual);
  },
);
