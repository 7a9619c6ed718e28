import { type ExportEntry, type ExportStore, exportsKeptMs } from '../../core/bus/export-store.ts';
import type { Logger } from '../../core/log.ts';
import type { Clock } from '../../core/runtime/clock.ts';
import { supervise } from '../../core/runtime/supervise.ts';
import type { Export } from '../../core/schema/export.ts';
import { apiError } from '../errors.ts';

export interface ExportRegisterDeps {
  store: ExportStore;
  clock: Clock;
  log: Logger;
}

const backoff = { baseMs: 250, maxMs: 10_000 };

/**
 * The register of exports, followed and kept in memory so that a list asks nobody. The bucket's bytes are its bound. What
 * is decided about one is decided by what the bucket says, not by this.
 */
export class ExportRegister {
  readonly #deps: ExportRegisterDeps;
  readonly #entries = new Map<string, ExportEntry>();
  readonly #stopping = new AbortController();
  #isCurrent = false;
  #running: Promise<unknown> = Promise.resolve();

  constructor(deps: ExportRegisterDeps) {
    this.#deps = deps;
  }

  /** Begins to follow the bucket. */
  start(): void {
    const { clock, log, store } = this.#deps;
    const { signal } = this.#stopping;
    const options = { name: 'following exports', clock, log, signal, backoff, healthyAfterMs: 60_000 };
    const follow = (attempt: AbortSignal): Promise<void> =>
      store.follow(
        attempt,
        (entry) => this.note(entry),
        () => {
          this.#isCurrent = true;
        },
      );
    this.#running = supervise(follow, options);
  }

  async close(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  /** All that are kept, newest first. Throws `exports-behind` until the bucket has been read once. */
  all(): Export[] {
    if (!this.#isCurrent)
      throw apiError('exports-behind', 'the register of exports is still being read; try again in a moment');
    this.#forgetOld();
    const found = [...this.#entries.values()].map(({ exported }) => exported);
    return found.sort((a, b) => (a.exportId < b.exportId ? 1 : -1));
  }

  /** What this process has written or read itself, ahead of hearing of it. */
  note(entry: ExportEntry): void {
    const known = this.#entries.get(entry.exported.exportId);
    if (!known || known.revision < entry.revision) this.#entries.set(entry.exported.exportId, entry);
  }

  /** The bucket lets go by age without telling. */
  #forgetOld(): void {
    const oldest = this.#deps.clock.now() - exportsKeptMs;
    for (const [id, { exported }] of this.#entries) {
      if ((exported.steps.at(-1)?.at ?? exported.at) < oldest) this.#entries.delete(id);
    }
  }
}
