import type { CameraStatus } from '../../core/schema/health.ts';

/** Statuses told a second when nothing has happened; a few cameras are all told every second. */
const fewestPerSecond = 30;
/** However many cameras there are, each is told this often: what is on a screen is never older than ten seconds. */
const longestSeconds = 5;

interface Told {
  turn: number;
  news: string;
}

/**
 * Which statuses to tell. A town of cameras that told everything every second would keep bus and history busier than its
 * alerts do: cameras take turns, and whatever changes for a person to see is told at once.
 */
export class StatusTurns {
  #told = new Map<string, Told>();
  #turn = 0;

  /** To be called every second with the statuses of all cameras. */
  take(statuses: readonly CameraStatus[]): CameraStatus[] {
    this.#turn++;
    const count = Math.max(fewestPerSecond, Math.ceil(statuses.length / longestSeconds));
    const longestAgo = statuses
      .map((status) => ({ status, turn: this.#told.get(status.cameraId)?.turn ?? 0 }))
      .sort((one, other) => one.turn - other.turn)
      .slice(0, count);
    const due = new Set(longestAgo.map(({ status }) => status));
    const picked = statuses.filter((status) => due.has(status) || this.#isNews(status));
    this.#remember(statuses, new Set(picked));
    return picked;
  }

  #isNews(status: CameraStatus): boolean {
    return this.#told.get(status.cameraId)?.news !== newsOf(status);
  }

  #remember(statuses: readonly CameraStatus[], picked: ReadonlySet<CameraStatus>): void {
    const before = this.#told;
    this.#told = new Map();
    for (const status of statuses) {
      const told = picked.has(status) ? undefined : before.get(status.cameraId);
      this.#told.set(status.cameraId, told ?? { turn: this.#turn, news: newsOf(status) });
    }
  }
}

const newsOf = ({ state, cause, tier, degraded }: CameraStatus): string =>
  [state, cause, tier, degraded?.to].join(' ');
