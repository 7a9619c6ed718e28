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

/** In metres. Without positions, two cameras of one place count as near, others as far. */
const distance = (a: CameraView, b: CameraView): number => {
  if (!a.location || !b.location) return a.place === b.place ? 999 : Number.POSITIVE_INFINITY;
  const shrink = Math.cos((a.location.latitude * Math.PI) / 180);
  const east = (a.location.longitude - b.location.longitude) * shrink;
  return metresPerDegree * Math.hypot(east, a.location.latitude - b.location.latitude);
};
