import type { DetectorLoad } from '../core/stages.ts';

/** Adds up what detector threads do with their time. */
export class DetectorTally {
  readonly #threads: number;
  #busyMs = 0;
  #handed = 0;
  #waitedMs = 0;
  /** When each thread that is at work began. */
  readonly #begunAt = new Set<{ at: number }>();

  constructor(threads: number) {
    this.#threads = threads;
  }

  /** A frame that came at `queuedAt` goes to a thread; to be told when the thread is done with it. */
  begin(now: number, queuedAt: number): (now: number) => void {
    const begun = { at: now };
    this.#handed++;
    this.#waitedMs += now - queuedAt;
    this.#begunAt.add(begun);
    return (endedAt) => {
      if (this.#begunAt.delete(begun)) this.#busyMs += endedAt - begun.at;
    };
  }

  /** `oldestAt`: when the frame came that has waited longest. */
  load(now: number, oldestAt: number | undefined): DetectorLoad {
    const underWayMs = [...this.#begunAt].reduce((sum, { at }) => sum + now - at, 0);
    return {
      threads: this.#threads,
      busyMs: this.#busyMs + underWayMs,
      handed: this.#handed,
      waitedMs: this.#waitedMs,
      oldestMs: oldestAt === undefined ? 0 : now - oldestAt,
    };
  }
}
