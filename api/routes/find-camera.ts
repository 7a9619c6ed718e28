import { Type } from 'typebox';
import type { Resources } from '../../core/resources.ts';
import type { Camera } from '../../core/schema/camera.ts';
import { ResourceId } from '../../core/schema/ids.ts';
import { isWithin, type Principal } from '../auth/principal.ts';
import { apiError } from '../errors.ts';

/** A camera's id in a path. */
export const cameraId = Type.Unsafe<string>({ ...ResourceId, examples: ['gate-1'] });

/** A camera of the asker's ground. Throws `camera-unknown`, also for those of other grounds. */
export const findCamera = (
  resources: Pick<Resources, 'cameras'>,
  { ground }: Principal,
  id: string,
): Camera => {
  const camera = resources.cameras().find((one) => one.id === id);
  if (camera && isWithin(camera.place, ground)) return camera;
  throw apiError('camera-unknown', `there is no camera '${id}' in your ground`);
};
