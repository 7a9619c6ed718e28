import type { Camera } from '../../core/schema/camera.ts';
import type { CameraStatus } from '../../core/schema/health.ts';
import type { Aged } from '../live/latest.ts';
import type { CameraPositions } from '../schema/map-views.ts';
import { shownState } from './place-tree.ts';

/** Cameras as lists, one for each thing that a map wants of them. */
export const toPositions = (
  cameras: readonly Camera[],
  statusOf: (cameraId: string) => Aged<CameraStatus> | undefined,
): CameraPositions => {
  const shown = cameras.map(({ id }) => shownState(statusOf(id)));
  return {
    ids: cameras.map(({ id }) => id),
    names: cameras.map(({ name }) => name),
    places: cameras.map(({ place }) => place),
    longitudes: cameras.map(({ location }) => location?.longitude ?? null),
    latitudes: cameras.map(({ location }) => location?.latitude ?? null),
    states: shown.map(({ state }) => state),
    unusable: shown.flatMap(({ isUnusable }, index) => (isUnusable ? [index] : [])),
    awake: shown.flatMap(({ isAwake }, index) => (isAwake ? [index] : [])),
  };
};
