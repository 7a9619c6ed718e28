import { expect, test } from 'vitest';
import { toDetections } from './detections.ts';

const box = (left: number, top: number, right: number, bottom: number) =>
  toDetections([{ label: 'person', score: 0.5, left, top, right, bottom }], 400, 300);

test('gives a box as shares of the picture and not of the padded input', () => {
  expect(box(100, 75, 200, 150)).toEqual([
    { label: 'person', score: 0.5, box: { x: 0.25, y: 0.25, w: 0.25, h: 0.25 } },
  ]);
});

test('cuts a box at the picture’s edges', () => {
  expect(box(-50, -50, 500, 500)[0]?.box).toEqual({ x: 0, y: 0, w: 1, h: 1 });
});

test.each<[string, [number, number, number, number]]>([
  ['in the padding below the picture', [10, 310, 50, 400]],
  ['right of it', [400, 0, 450, 50]],
  ['turned inside out', [50, 50, 40, 60]],
])('leaves out a box %s', (_, edges) => {
  expect(box(...edges)).toEqual([]);
});
