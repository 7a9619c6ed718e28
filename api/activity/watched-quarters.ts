import type { CameraStatus } from '../../core/schema/health.ts';
import { quarterMs } from '../../core/schema/normals.ts';
import type { WatchedMinutes } from '../history/index.ts';
import type { Aged } from '../live/latest.ts';

/** As many as a day of 1000 cameras makes; while the history takes nothing the oldest are forgotten first. */
const maxWaiting = 100_000;

/** Notes in which minutes of which quarters of an hour cameras were looked at, until the history has it. */
export class WatchedQuarters {
  readonly #minutes = new Map<string, WatchedMinutes>();
  #minuteAt = Number.NEGATIVE_INFINITY;

  /** Notes the present minute, once. */
  note(statuses: readonly Aged<CameraStatus>[], now: number): void {
    const minuteAt = Math.floor(now / 60_000);
    if (minuteAt === this.#minuteAt) return;
    this.#minuteAt = minuteAt;
    const quarterAt = Math.floor(now / quarterMs) * quarterMs;
    for (const { cameraId } of statuses.filter(isWatched).map(({ value }) => value)) {
      this.#add({ cameraId, quarterAt, seen: 1 << (minuteAt - quarterAt / 60_000) });
    }
    for (const oldest of this.#minutes.keys()) {
      if (this.#minutes.size <= maxWaiting) break;
      this.#minutes.delete(oldest);
    }
  }

  /** Gives what is waiting; it waits no longer. */
  take(): WatchedMinutes[] {
    const taken = [...this.#minutes.values()];
    this.#minutes.clear();
    return taken;
  }

  /** Takes back what the history did not take. */
  putBack(rows: readonly WatchedMinutes[]): void {
    for (const row of rows) this.#add(row);
  }

  #add({ cameraId, quarterAt, seen }: WatchedMinutes): void {
    const key = `${quarterAt} ${cameraId}`;
    const before = this.#minutes.get(key)?.seen ?? 0;
    this.#minutes.set(key, { cameraId, quarterAt, seen: before | seen });
  }
}

/** Pictures come, and the detector is not kept from them. */
const isWatched = ({ value, isStale }: Aged<CameraStatus>): boolean =>
  !isStale && value.state === 'live' && value.degraded?.to !== 'unwatched';
