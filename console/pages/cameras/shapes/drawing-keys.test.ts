import { describe, expect, it } from 'vitest';
import { startDrawing } from './drawing.ts';
import { drawingKey } from './drawing-keys.ts';

const press = (key: string, more = {}) => ({ key, shiftKey: false, ctrlKey: false, metaKey: false, ...more });
const line = {
  kind: 'lines' as const,
  id: 'gate',
  points: [
    [0.1, 0.1],
    [0.5, 0.5],
  ] as const,
};

describe('keys over the picture', () => {
  it('choose a point and move it, further with Shift, and take it back', () => {
    const chosen = drawingKey(startDrawing([line]), press('n'));
    const moved = chosen && drawingKey(chosen, press('ArrowRight', { shiftKey: true }));
    expect(moved?.shapes[0]?.points[0]).toEqual([0.12, 0.1]);
    expect(moved && drawingKey(moved, press('z', { ctrlKey: true }))?.shapes).toEqual([line]);
  });

  it('leave what is drawn, then the point, then the shape', () => {
    const drawing = { ...startDrawing([line]), chosen: 0, point: 1 };
    const shape = drawingKey(drawing, press('Escape'));
    expect(shape).toMatchObject({ chosen: 0 });
    expect(shape).not.toHaveProperty('point');
    expect(shape && drawingKey(shape, press('Escape'))?.chosen).toBeUndefined();
  });

  it('leave other keys to the page', () => expect(drawingKey(startDrawing([]), press('q'))).toBeUndefined());
});
