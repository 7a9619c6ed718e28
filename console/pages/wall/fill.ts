import type { CameraView } from '../../../api/schema/camera-view.ts';
import type { WallSize } from './layouts/layouts.ts';

export interface Filled {
  cameras: readonly (CameraView | undefined)[];
  pages: number;
}

/** The cameras of a place, a page at a time, by place and name. */
export const fillByPlace = (
  cameras: readonly CameraView[],
  place: string,
  size: WallSize,
  page: number,
): Filled => {
  const inPlace = cameras
    .filter((camera) => camera.place.startsWith(place))
    .sort((one, other) => one.place.localeCompare(other.place) || one.id.localeCompare(other.id));
  const pages = Math.max(1, Math.ceil(inPlace.length / size));
  const from = Math.min(page, pages - 1) * size;
  return { cameras: inPlace.slice(from, from + size), pages };
};

/** The cameras that somebody chose; one that is gone, or not in the ground, leaves its tile empty. */
export const fillByHand = (
  cameras: readonly CameraView[],
  cameraIds: readonly (string | null)[],
  size: WallSize,
): Filled => {
  const find = (index: number) => cameras.find(({ id }) => id === cameraIds[index]);
  return { cameras: Array.from({ length: size }, (_, index) => find(index)), pages: 1 };
};
