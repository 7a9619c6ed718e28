import { describe, expect, it } from 'vitest';
import { finish, insertPoint, nudge, redo, removeChosen, startDrawing, undo } from './drawing.ts';
import { problemOf, snap } from './geometry.ts';
import { type Shape, shapesOf, withShapes } from './shape.ts';

const square: Shape = {
  kind: 'zones',
  id: 'yard',
  points: [
    [0.2, 0.2],
    [0.6, 0.2],
    [0.6, 0.6],
    [0.2, 0.6],
  ],
};

describe('drawing over a picture', () => {
  it('goes back and forth step by step', () => {
    const moved = nudge({ ...startDrawing([square]), chosen: 0, point: 1 }, 0.1, 0);
    expect(moved.shapes[0]?.points[1]).toEqual([0.7, 0.2]);
    expect(undo(moved).shapes).toEqual([square]);
    expect(redo(undo(moved)).shapes).toEqual(moved.shapes);
  });

  it('moves a whole shape no further than the picture goes', () => {
    const moved = nudge({ ...startDrawing([square]), chosen: 0 }, 0.9, -0.9);
    expect(moved.shapes[0]?.points).toEqual([
      [0.6, 0],
      [1, 0],
      [1, 0.4],
      [0.6, 0.4],
    ]);
  });

  it('inserts a point half way, and takes it away again', () => {
    const more = insertPoint(startDrawing([square]), 0, 3);
    expect(more.shapes[0]?.points[4]).toEqual([0.2, 0.4]);
    expect(removeChosen(more).shapes[0]?.points).toEqual(square.points);
  });

  it('keeps the last three points of an area; only the whole goes', () => {
    const three = { ...square, points: square.points.slice(0, 3) };
    expect(removeChosen({ ...startDrawing([three]), chosen: 0, point: 0 }).shapes).toEqual([three]);
    expect(removeChosen({ ...startDrawing([three]), chosen: 0 }).shapes).toEqual([]);
  });

  it('ends without a mouse with a shape in the middle, under a name nobody has', () => {
    const taken: Shape = { ...square, id: 'zone-1' };
    const drawn = finish({ ...startDrawing([taken]), pending: { kind: 'zones', points: [] } });
    expect(drawn.shapes[1]).toMatchObject({ kind: 'zones', id: 'zone-2' });
    expect(drawn.chosen).toBe(1);
  });

  it('does not end with too few points', () => {
    const drawing = {
      ...startDrawing([]),
      pending: { kind: 'zones' as const, points: [[0.1, 0.1] as const] },
    };
    expect(finish(drawing)).toBe(drawing);
  });
});

describe('a shape', () => {
  const outline = (points: Shape['points']): Shape => ({ ...square, points });

  it('says when it crosses itself, is too small, or has the name of another', () => {
    const bow = outline([
      [0.2, 0.2],
      [0.6, 0.6],
      [0.6, 0.2],
      [0.2, 0.6],
    ]);
    const speck = outline([
      [0.2, 0.2],
      [0.21, 0.2],
      [0.21, 0.21],
    ]);
    expect(problemOf(square, [square])).toBeUndefined();
    expect(problemOf(bow, [bow])).toBe('crossing');
    expect(problemOf(speck, [speck])).toBe('small');
    expect(problemOf(square, [square, { ...bow }])).toBe('twice');
    expect(problemOf({ ...square, id: 'Yard' }, [])).toBe('id');
  });

  it('is drawn to points, then sides, of others, and to the edges', () => {
    expect(snap([0.605, 0.195], [square])).toEqual([0.6, 0.2]);
    expect(snap([0.4, 0.205], [square])).toEqual([0.4, 0.2]);
    expect(snap([0.995, 0.004], [])).toEqual([1, 0]);
    expect(snap([0.4, 0.4], [square])).toEqual([0.4, 0.4]);
  });

  it('comes back from a camera as it went in', () => {
    const shapes: Shape[] = [
      square,
      {
        kind: 'lines',
        id: 'gate',
        name: 'Gate',
        points: [
          [0, 0],
          [1, 1],
        ],
      },
    ];
    const bare = { id: 'a', name: 'a', place: '431103110' } as Parameters<typeof withShapes>[0];
    const camera = withShapes(bare, shapes);
    expect(camera).not.toHaveProperty('masks');
    expect(shapesOf(camera)).toEqual([{ ...square, name: undefined }, shapes[1]]);
  });
});
