import type { DetectorLoad } from '../core/stages.ts';

/** Adds up what detector threads do with their time. */
export class DetectorTally {
  readonly #threads: number;
  #busyMs = 0;
  #handed = 0;
  #lateMs = 0;
  /** When each thread that is at work began. */
  readonly #begunAt = new Set<{ at: number }>();

  constructor(threads: number) {
    this.#threads = threads;
  }

  /** A frame that was due at `dueAt` goes to a thread; to be told when the thread is done with it. */
  begin(now: number, dueAt: number): (now: number) => void {
    const begun = { at: now };
    this.#handed++;
    this.#lateMs += Math.max(0, now - dueAt);
    this.#begunAt.add(begun);
    return (endedAt) => {
      if (this.#begunAt.delete(begun)) this.#busyMs += endedAt - begun.at;
    };
  }

  /** `firstDueAt`: when the frame is due, of those that wait, that is due first. */
  load(now: number, firstDueAt: number | undefined): DetectorLoad {
    const underWayMs = [...this.#begunAt].reduce((sum, { at }) => sum + now - at, 0);
    return {
      threads: this.#threads,
      busyMs: this.#busyMs + underWayMs,
      handed: this.#handed,
      lateMs: this.#lateMs,
      latestMs: firstDueAt === undefined ? 0 : Math.max(0, now - firstDueAt),
    };
  }
}
