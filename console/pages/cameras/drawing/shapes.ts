import type { Camera } from '../../../../core/schema/camera.ts';
import type { Point } from '../../../../core/schema/geometry.ts';

export const shapeKinds = ['zone', 'line', 'mask'] as const;
export type ShapeKind = (typeof shapeKinds)[number];

/** A zone, line or mask while it is drawn. Points are shares of the picture, as everywhere. */
export interface Shape {
  kind: ShapeKind;
  id: string;
  name?: string | undefined;
  points: readonly Point[];
}

type Drawn = Pick<Camera, 'zones' | 'lines' | 'masks'>;

const unnamed = ({ id, name }: Shape) => ({ id, ...(name ? { name } : {}) });
const pointsOf = ({ points }: Shape): Point[] => points.map(([x, y]) => [round(x), round(y)]);

/** A ten-thousandth of the picture: less than a pixel of any camera. */
const round = (share: number): number => Math.round(share * 10_000) / 10_000;

/** What is drawn over a camera's picture, zones first. */
export const toShapes = ({ zones = [], lines = [], masks = [] }: Drawn): Shape[] => [
  ...zones.map(({ polygon, ...zone }) => ({ kind: 'zone' as const, ...zone, points: polygon })),
  ...lines.map((line) => ({ kind: 'line' as const, ...line })),
  ...masks.map(({ polygon, ...mask }) => ({ kind: 'mask' as const, ...mask, points: polygon })),
];

/** The camera with what is drawn; a list that has become empty goes. */
export const withShapes = <Given extends Drawn>(camera: Given, shapes: readonly Shape[]): Given => {
  const { zones: _zones, lines: _lines, masks: _masks, ...rest } = camera;
  const of = (kind: ShapeKind) => shapes.filter((shape) => shape.kind === kind);
  const zones = of('zone').map((shape) => ({ ...unnamed(shape), polygon: pointsOf(shape) }));
  const lines = of('line').map((shape) => ({ ...unnamed(shape), points: pointsOf(shape) }));
  const masks = of('mask').map((shape) => ({ ...unnamed(shape), polygon: pointsOf(shape) }));
  return {
    ...rest,
    ...(zones.length > 0 ? { zones } : {}),
    ...(lines.length > 0 ? { lines } : {}),
    ...(masks.length > 0 ? { masks } : {}),
  } as Given;
};
