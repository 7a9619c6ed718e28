import { keepInside, moveAll } from './geometry.ts';
import { freeId, type Shape, type ShapeKind, type ShapePoint } from './shape.ts';

const maxSteps = 100;

/** The shapes, what of them is chosen, and the way back. */
export interface Drawing {
  shapes: readonly Shape[];
  chosen?: number | undefined;
  point?: number | undefined;
  /** What is being drawn: its points come one after the other. */
  pending?: { kind: ShapeKind; points: readonly ShapePoint[] } | undefined;
  past: readonly (readonly Shape[])[];
  future: readonly (readonly Shape[])[];
}

export const startDrawing = (shapes: readonly Shape[]): Drawing => ({ shapes, past: [], future: [] });

/** Other shapes, and a step back to those before. */
export const change = (drawing: Drawing, shapes: readonly Shape[]): Drawing => ({
  ...drawing,
  shapes,
  past: [...drawing.past, drawing.shapes].slice(-maxSteps),
  future: [],
});

export const undo = (drawing: Drawing): Drawing => {
  const before = drawing.past.at(-1);
  if (!before) return drawing;
  const [past, future] = [drawing.past.slice(0, -1), [drawing.shapes, ...drawing.future]];
  return { shapes: before, past, future };
};

export const redo = (drawing: Drawing): Drawing => {
  const [next, ...future] = drawing.future;
  if (!next) return drawing;
  return { shapes: next, past: [...drawing.past, drawing.shapes], future };
};

export const replace = (shapes: readonly Shape[], index: number, points: readonly ShapePoint[]): Shape[] =>
  shapes.map((shape, at) => (at === index ? { ...shape, points } : shape));

/** Puts a point behind the one given, half way to the next unless said where. */
export const insertPoint = (drawing: Drawing, index: number, after: number, where?: ShapePoint): Drawing => {
  const shape = drawing.shapes[index];
  const [a, b] = [shape?.points[after], shape?.points[after + 1] ?? shape?.points[0]];
  if (!shape || !a || !b || shape.points.length >= (shape.kind === 'lines' ? 16 : 64)) return drawing;
  const half = keepInside(where ?? [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]);
  const points = [...shape.points.slice(0, after + 1), half, ...shape.points.slice(after + 1)];
  return { ...change(drawing, replace(drawing.shapes, index, points)), chosen: index, point: after + 1 };
};

/** Takes away the chosen point, or the whole shape when none is chosen or too few would be left. */
export const removeChosen = (drawing: Drawing): Drawing => {
  const { chosen, point, shapes } = drawing;
  const shape = chosen === undefined ? undefined : shapes[chosen];
  if (chosen === undefined || !shape) return drawing;
  const least = shape.kind === 'lines' ? 2 : 3;
  if (point !== undefined && shape.points.length > least) {
    const points = shape.points.filter((_, at) => at !== point);
    return { ...change(drawing, replace(shapes, chosen, points)), point: Math.min(point, points.length - 1) };
  }
  if (point !== undefined) return drawing;
  return {
    ...change(
      drawing,
      shapes.filter((_, at) => at !== chosen),
    ),
    chosen: undefined,
  };
};

/** Moves the chosen point, or the whole shape. */
export const nudge = (drawing: Drawing, dx: number, dy: number): Drawing => {
  const { chosen, point, shapes } = drawing;
  const shape = chosen === undefined ? undefined : shapes[chosen];
  if (chosen === undefined || !shape) return drawing;
  const points =
    point === undefined
      ? moveAll(shape.points, dx, dy)
      : shape.points.map((at, index) => (index === point ? keepInside([at[0] + dx, at[1] + dy]) : at));
  return change(drawing, replace(shapes, chosen, points));
};

const middle: Readonly<Record<ShapeKind, readonly ShapePoint[]>> = {
  zones: [
    [0.3, 0.3],
    [0.7, 0.3],
    [0.7, 0.7],
    [0.3, 0.7],
  ],
  lines: [
    [0.2, 0.5],
    [0.8, 0.5],
  ],
  masks: [
    [0.4, 0.4],
    [0.6, 0.4],
    [0.6, 0.6],
    [0.4, 0.6],
  ],
};

/** Ends what is being drawn; without a point yet it becomes one in the middle, to be moved by keys. */
export const finish = (drawing: Drawing): Drawing => {
  const { pending, shapes } = drawing;
  if (!pending) return drawing;
  const points = pending.points.length === 0 ? middle[pending.kind] : pending.points;
  if (points.length < (pending.kind === 'lines' ? 2 : 3)) return drawing;
  const shape = { kind: pending.kind, id: freeId(pending.kind, shapes), points };
  return {
    ...change(drawing, [...shapes, shape]),
    pending: undefined,
    chosen: shapes.length,
    point: undefined,
  };
};
