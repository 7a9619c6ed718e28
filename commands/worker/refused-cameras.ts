import type { Metrics } from '../../core/metrics.ts';
import type { Clock } from '../../core/runtime/clock.ts';
import type { Camera } from '../../core/schema/camera.ts';
import type { CameraStatus } from '../../core/schema/health.ts';
import { diagnosisOf } from '../../ingest/index.ts';
import { toUnusableStatus } from './unusable-status.ts';

export interface RefusedCamerasOptions {
  workerId: string;
  clock: Clock;
  metrics: Metrics;
}

/** Says of cameras that nobody has room for what their operator has to know. */
export class RefusedCameras {
  readonly #options: RefusedCamerasOptions;
  #since = new Map<string, number>();

  constructor(options: RefusedCamerasOptions) {
    this.#options = options;
  }

  /** The status of each of the cameras that are refused now. */
  statuses(cameras: readonly Camera[]): CameraStatus[] {
    const { workerId, clock, metrics } = this.#options;
    const at = clock.now();
    const before = this.#since;
    this.#since = new Map(cameras.map(({ id }) => [id, before.get(id) ?? at]));
    const fresh = cameras.filter(({ id }) => !before.has(id)).length;
    metrics.count('xueliang_worker_refusals_total', 'Times a camera found no room anywhere', {}, fresh);
    metrics.gauge('xueliang_worker_refused_cameras', 'Cameras that nobody has room for', cameras.length);
    return cameras.map((camera) =>
      toUnusableStatus(camera, workerId, at, {
        state: 'waiting',
        since: this.#since.get(camera.id) ?? at,
        ...diagnosisOf('no-capacity'),
      }),
    );
  }
}
