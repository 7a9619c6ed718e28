import type { Camera } from '../../core/schema/camera.ts';
import type { CameraStatus } from '../../core/schema/health.ts';

export type Unusable = Pick<CameraStatus, 'state' | 'since' | 'cause' | 'message'> & { message: string };

/** What is said of a camera that is not even tried: its credentials are missing, or nobody has room for it. */
export const toUnusableStatus = (
  camera: Camera,
  workerId: string,
  at: number,
  { message, ...how }: Unusable,
): CameraStatus => ({
  cameraId: camera.id,
  place: camera.place,
  workerId,
  at,
  ...how,
  message: message.slice(0, 300),
  tier: 'dormant',
  streamFps: 0,
  detectFps: 0,
  bitrateKbps: 0,
  clockQuality: 'arrival',
  connects: 0,
  costCores: 0,
  ringBytes: 0,
  ringSeconds: 0,
  dropped: { quiet: 0, behind: 0, shed: 0, 'detector-busy': 0 },
});
