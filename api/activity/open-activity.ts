import { runEvery } from '../../core/runtime/clock.ts';
import type { CameraStatus } from '../../core/schema/health.ts';
import type { StageDeps } from '../../core/stages.ts';
import type { History } from '../history/index.ts';
import type { Latest } from '../live/latest.ts';
import { computeNormals, type NormalsDeps } from './compute-normals.ts';
import { WatchedQuarters } from './watched-quarters.ts';

export interface ActivityDeps extends NormalsDeps, StageDeps {
  history: Pick<History, 'normals' | 'writeWatched'>;
  /** What cameras last said of themselves. */
  cameras: Pick<Latest<CameraStatus>, 'all'>;
}

/** The watch over what is normal. */
export interface Activity {
  /** Writes what was noted, as far as the history takes it. */
  close(): Promise<void>;
}

/** Shorter than a minute, so that none is missed. */
const notePeriodMs = 20_000;
/** As much is lost when the process is killed. */
const writePeriodMs = 5 * 60_000;
const computePeriodMs = 60 * 60_000;
/** A scenario that is new, or a start, need not wait an hour. */
const firstComputeMs = 60_000;

/** Notes which cameras are watched, and computes once an hour what is normal on them. */
export const openActivity = (deps: ActivityDeps): Activity => {
  const { history, cameras, clock, log, metrics } = deps;
  const closing = new AbortController();
  const quarters = new WatchedQuarters();
  const write = async (): Promise<void> => {
    const rows = quarters.take();
    await history.writeWatched(rows).catch((error: unknown) => {
      quarters.putBack(rows);
      log.warn({ service: 'normals', err: error }, 'watched quarters not written; they are kept');
    });
  };
  const compute = async (): Promise<void> => {
    const startedAt = clock.monotonic();
    await computeNormals(deps).catch((error: unknown) => {
      log.warn({ service: 'normals', err: error }, 'what is normal could not be computed; tried in an hour');
    });
    const seconds = (clock.monotonic() - startedAt) / 1000;
    metrics.observe('xueliang_api_normals_seconds', 'Time to compute what is normal', seconds, {});
  };
  const running = [
    runEvery(clock, notePeriodMs, closing.signal, () => quarters.note(cameras.all(), clock.now())),
    runEvery(clock, writePeriodMs, closing.signal, write),
    clock.sleep(firstComputeMs, closing.signal).then(() => (closing.signal.aborted ? undefined : compute())),
    runEvery(clock, computePeriodMs, closing.signal, compute),
  ];
  return {
    close: async () => {
      closing.abort();
      await Promise.all(running);
      await write();
    },
  };
};
