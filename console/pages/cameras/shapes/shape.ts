import type { Camera } from '../../../../core/schema/camera.ts';

export type ShapePoint = readonly [number, number];
export const shapeKinds = ['zones', 'lines', 'masks'] as const;
export type ShapeKind = (typeof shapeKinds)[number];

/** What is drawn over a camera's picture, in shares of it. */
export interface Shape {
  kind: ShapeKind;
  id: string;
  name?: string | undefined;
  points: readonly ShapePoint[];
}

type Drawn = Pick<Camera, ShapeKind>;

/** A camera's zones, lines and masks, in that order. */
export const shapesOf = (camera: Drawn): Shape[] => [
  ...(camera.zones ?? []).map(({ id, name, polygon }) => ({
    kind: 'zones' as const,
    id,
    name,
    points: polygon,
  })),
  ...(camera.lines ?? []).map(({ id, name, points }) => ({ kind: 'lines' as const, id, name, points })),
  ...(camera.masks ?? []).map(({ id, name, polygon }) => ({
    kind: 'masks' as const,
    id,
    name,
    points: polygon,
  })),
];

/** The camera with these shapes and no others; a list without any is left out. */
export const withShapes = (camera: Camera, shapes: readonly Shape[]): Camera => {
  const { zones: _zones, lines: _lines, masks: _masks, ...rest } = camera;
  const named = ({ id, name }: Shape) => ({ id, ...(name ? { name } : {}) });
  const pointsOf = ({ points }: Shape) => points.map(([x, y]): [number, number] => [x, y]);
  const of = (kind: ShapeKind) => shapes.filter((shape) => shape.kind === kind);
  const areas = (kind: ShapeKind) => of(kind).map((shape) => ({ ...named(shape), polygon: pointsOf(shape) }));
  const lines = of('lines').map((shape) => ({ ...named(shape), points: pointsOf(shape) }));
  const [zones, masks] = [areas('zones'), areas('masks')];
  return {
    ...rest,
    ...(zones.length > 0 ? { zones } : {}),
    ...(lines.length > 0 ? { lines } : {}),
    ...(masks.length > 0 ? { masks } : {}),
  };
};

/** An id of this kind that no shape of it has. */
export const freeId = (kind: ShapeKind, shapes: readonly Shape[]): string => {
  const taken = new Set(shapes.filter((shape) => shape.kind === kind).map(({ id }) => id));
  let count = 1;
  while (taken.has(`${kind.slice(0, -1)}-${count}`)) count += 1;
  return `${kind.slice(0, -1)}-${count}`;
};
