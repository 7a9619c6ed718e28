import { mayLook } from '../config/check-law.ts';
import type { AppError } from '../errors.ts';
import type { Camera } from '../schema/camera.ts';
import type { CameraStatus } from '../schema/health.ts';
import { explanationError } from './errors.ts';

/**
 * The error for a configured camera that no worker answers for: it may not look now, it was given up with a reason, or
 * no worker has taken it. `last` is what was last heard of it, if anything.
 */
export const toUnwatchedError = (
  camera: Camera,
  last: CameraStatus | undefined,
  at: number,
  timezone: string,
): AppError => {
  const reason = mayLook(camera, at, timezone) ? reasonOf(last, at) : withoutConsent;
  return explanationError('camera-unwatched', `nobody watches camera '${camera.id}': ${reason}`, {
    ...(last ? { lastStatus: last } : {}),
  });
};

const withoutConsent =
  'it looks at a household, and the register holds no consent for this time; see register.consent in the site file';

const reasonOf = (last: CameraStatus | undefined, at: number): string => {
  if (!last) return 'no worker has taken it; see that workers run (xueliang up, or /api/v1/health)';
  const ageSeconds = Math.max(0, Math.round((at - last.at) / 1000));
  const said = [last.state, last.cause, last.message].filter((part) => part !== undefined).join(', ');
  return `${last.workerId} said ${ageSeconds} s ago: ${said}; another worker takes it within a minute, or see the log`;
};
