import type { CameraView } from '../../../../api/schema/camera-view.ts';

/** The cameras next to one, nearest first: by where they stand, else those of the same place. */
export const neighboursOf = (cameraId: string, cameras: readonly CameraView[], most = 3): CameraView[] => {
  const centre = cameras.find(({ id }) => id === cameraId);
  if (!centre) return [];
  return cameras
    .filter(({ id, state }) => id !== cameraId && state !== 'off')
    .map((camera) => ({ camera, far: distance(centre, camera) }))
    .filter(({ far }) => far < 1000)
    .sort((a, b) => a.far - b.far)
    .slice(0, most)
    .map(({ camera }) => camera);
};

const metresPerDegree = 111_320;

/** In metres. Without positions, cameras of one village count as near, those of one town as not far. */
const distance = (a: CameraView, b: CameraView): number => {
  if (!a.location || !b.location) return distanceOfPlaces(a.place, b.place);
  const shrink = Math.cos((a.location.latitude * Math.PI) / 180);
  const east = (a.location.longitude - b.location.longitude) * shrink;
  return metresPerDegree * Math.hypot(east, a.location.latitude - b.location.latitude);
};

const distanceOfPlaces = (a: string, b: string): number => {
  if (a === b) return 300;
  return a.slice(0, 9) === b.slice(0, 9) ? 999 : Number.POSITIVE_INFINITY;
};
