import { expect, test } from 'vitest';
import type { Point } from '../../../../core/schema/geometry.ts';
import { addShape, insertPoint, movePoint, moveShape, removePoint, snapped } from './edit.ts';
import { problemOf } from './problems.ts';
import { type Shape, toShapes, withShapes } from './shapes.ts';
import { begin, redo, step, undo } from './steps.ts';

const square: Shape = {
  kind: 'zone',
  id: 'gate',
  name: '门口',
  points: [
    [0.2, 0.2],
    [0.6, 0.2],
    [0.6, 0.6],
    [0.2, 0.6],
  ],
};
const line: Shape = {
  kind: 'line',
  id: 'kerb',
  points: [
    [0.1, 0.9],
    [0.9, 0.9],
  ],
};

test('what is drawn goes back into the camera as it came, and an empty list goes', () => {
  const camera = {
    zones: [{ id: 'gate', name: '门口', polygon: [...square.points] }],
    lines: [{ id: 'kerb', points: [...line.points] }],
  };

  expect(withShapes(camera, toShapes(camera))).toEqual(camera);
  expect(withShapes(camera, [])).toEqual({});
});

test('a point and a shape stay in the picture however far they are dragged', () => {
  expect(movePoint([square], { shape: 0, point: 0 }, [-3, 7])[0]?.points[0]).toEqual([0, 1]);
  const [moved] = moveShape([square], 0, 9, -9);

  expect(moved?.points.map(([x]) => x)).toEqual([0.6, 1, 1, 0.6].map((x) => expect.closeTo(x)));
  expect(moved?.points.map(([, y]) => y)).toEqual([0, 0, 0.4, 0.4].map((y) => expect.closeTo(y)));
});

test('a point that comes near an edge or another shape lies on it', () => {
  expect(snapped([0.005, 0.5], [])).toEqual([0, 0.5]);
  expect(snapped([0.605, 0.595], [square])).toEqual([0.6, 0.6]);
  expect(snapped([0.5, 0.5], [square])).toEqual([0.5, 0.5]);
});

test('a point can be put between two, also between the last and the first of a zone', () => {
  expect(insertPoint([square], 0, 3)[0]?.points.at(-1)).toEqual([0.2, 0.4]);
  expect(insertPoint([line], 0, 0)[0]?.points[1]).toEqual([0.5, 0.9]);
});

test('a zone keeps three points and a line two', () => {
  let shapes = [square, line];
  for (let turn = 0; turn < 9; turn++) shapes = removePoint(removePoint(shapes, 0, 0), 1, 0);

  expect(shapes.map(({ points }) => points.length)).toEqual([3, 2]);
});

test('a new shape has an id that is free', () => {
  expect(addShape(addShape([], 'zone'), 'zone').map(({ id }) => id)).toEqual(['zone-1', 'zone-2']);
});

test('an outline that crosses itself or has no size is said to be unfit', () => {
  const [a, b, c, d] = square.points as [Point, Point, Point, Point];
  expect(problemOf(square)).toBeUndefined();
  expect(problemOf({ ...square, points: [a, c, b, d] })).toBe('crossesItself');
  expect(problemOf({ ...square, points: [a, [0.201, 0.2], [0.2, 0.201]] })).toBe('tooSmall');
  expect(problemOf(line)).toBeUndefined();
  expect(problemOf({ ...line, points: [a, a] })).toBe('tooSmall');
});

test('what is done can be undone and done again, until something else is done', () => {
  const done = step(step(begin(1), 2), 3);

  expect(undo(done).present).toBe(2);
  expect(redo(undo(done)).present).toBe(3);
  expect(redo(step(undo(done), 9)).present).toBe(9);
  expect(undo(undo(undo(done))).present).toBe(1);
});
