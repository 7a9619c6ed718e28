import { expect, test } from 'vitest';
import { boxIou, footOf, insidePicture, insideShare, isCentreInPicture } from './box.ts';

const box = (x: number, y: number, w: number, h: number) => ({ x, y, w, h });

test.each([
  ['the same', box(0, 0, 0.5, 0.5), box(0, 0, 0.5, 0.5), 1],
  ['side by side', box(0, 0, 0.5, 0.5), box(0.5, 0, 0.5, 0.5), 0],
  ['half over', box(0, 0, 0.5, 0.5), box(0.25, 0, 0.5, 0.5), 1 / 3],
  ['without area', box(0.1, 0.1, 0, 0), box(0.1, 0.1, 0, 0), 0],
])('boxes %s have their overlap', (_, a, b, iou) => {
  expect(boxIou(a, b)).toBeCloseTo(iou);
  expect(boxIou(b, a)).toBeCloseTo(iou);
});

test('tells how much of a box lies in another', () => {
  expect(insideShare(box(0.1, 0.1, 0.2, 0.2), box(0, 0, 0.2, 1))).toBeCloseTo(0.5);
  expect(insideShare(box(0, 0, 0, 0), box(0, 0, 1, 1))).toBe(0);
});

test('cuts a box at the edges, down to nothing when it is outside', () => {
  expect(insidePicture(box(-0.5, 0.5, 1, 1))).toEqual(box(0, 0.5, 0.5, 0.5));
  expect(insidePicture(box(1.2, 0, 0.1, 0.5))).toEqual(box(1, 0, 0, 0.5));
});

test('knows when a box has left the picture, and where its feet are', () => {
  expect(isCentreInPicture(box(-0.1, 0, 0.25, 0.5))).toBe(true);
  expect(isCentreInPicture(box(-0.2, 0, 0.25, 0.5))).toBe(false);
  expect(footOf(box(0.2, 0.3, 0.1, 0.4))).toEqual([0.25, 0.7]);
});
