import type { ArchiveJob, ArchiveMade, ArchiveMaker } from '../../../core/archive.ts';
import type { AuditLog } from '../../../core/audit/audit-log.ts';
import type { ExportStore } from '../../../core/bus/export-store.ts';
import { parseSize } from '../../../core/config/quantity.ts';
import { toAppError } from '../../../core/errors.ts';
import { exportStateAt } from '../../../core/export-steps.ts';
import type { Logger } from '../../../core/log.ts';
import type { Metrics } from '../../../core/metrics.ts';
import { backoffDelayMs } from '../../../core/runtime/backoff.ts';
import { type Clock, runEvery } from '../../../core/runtime/clock.ts';
import type { Export } from '../../../core/schema/export.ts';
import type { ExportRegister } from '../export-register.ts';
import type { ArchiveFolder } from './archive-folder.ts';
import type { ArchiveLock } from './archive-lock.ts';
import { type ArchiveJobDeps, toArchiveJob } from './to-archive-job.ts';

export interface ArchiveTurnsDeps extends ArchiveJobDeps {
  maker: ArchiveMaker;
  folder: ArchiveFolder;
  lock: ArchiveLock;
  register: Pick<ExportRegister, 'all'>;
  store: Pick<ExportStore, 'get'>;
  clock: Clock;
  log: Logger;
  metrics: Metrics;
  /** Has each removal before it is done. */
  audit: AuditLog;
}

const lookEveryMs = 4000;
const usualQuota = '2GB';
/** Left to the bus and the history, whoever fills the disk. */
const minFreeBytes = 1024 ** 3;
const backoff = { baseMs: 5000, maxMs: 300_000 };

interface InHand {
  exportId: string;
  stop: AbortController;
  done: Promise<void>;
}

/**
 * Makes the archives of what is approved, the earliest approved first and one at a time, and removes those of what no longer
 * is. It looks every four seconds at register and disk and remembers nothing: what was begun and not finished is made again.
 */
export class ArchiveTurns {
  readonly #deps: ArchiveTurnsDeps;
  readonly #stopping = new AbortController();
  #inHand: InHand | undefined;
  #failures = 0;
  #notBefore = Number.NEGATIVE_INFINITY;
  #running: Promise<void> = Promise.resolve();

  constructor(deps: ArchiveTurnsDeps) {
    this.#deps = deps;
  }

  start(): void {
    this.#running = runEvery(this.#deps.clock, lookEveryMs, this.#stopping.signal, () =>
      this.#look().catch((error: unknown) => this.#putOff(error)),
    );
  }

  /** Ends what is being made; it is made again after the next start. */
  async close(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
    await this.#stopMaking();
    await this.#deps.lock.release();
  }

  async #look(): Promise<void> {
    const { clock, folder, lock, register } = this.#deps;
    await folder.prepare();
    const held = await lock.hold();
    if (held === undefined) return this.#stopMaking();
    if (held === 'new') {
      await this.#stopMaking();
      await folder.clearHalfMade();
    }
    const all = register.all();
    await this.#removeOver(all);
    if (this.#inHand || clock.monotonic() < this.#notBefore) return;
    const next = await this.#next(all);
    if (next) await this.#begin(next);
  }

  /** Whose approval has ended. */
  async #removeOver(all: readonly Export[]): Promise<void> {
    const { audit, clock, folder, log, metrics } = this.#deps;
    const byId = new Map(all.map((one) => [one.exportId, one]));
    for (const exportId of await folder.exportIds()) {
      const exported = byId.get(exportId);
      const state = exported ? exportStateAt(exported, clock.now()) : 'forgotten';
      if (state === 'approved') continue;
      if (this.#inHand?.exportId === exportId) await this.#stopMaking();
      await audit.record({
        ...{ who: 'api', what: 'archiveRemoved', target: `exports/${exportId}/archive`, why: state },
        ...(exported ? { place: exported.ground } : {}),
      });
      await folder.remove(exportId);
      metrics.count('xueliang_api_archives_removed_total', 'Archives of exports that are over', {
        reason: state,
      });
      log.info({ service: 'archives', exportId, reason: state }, 'archive removed');
    }
    const { usedBytes } = await folder.room();
    metrics.gauge('xueliang_api_archives_bytes', 'Bytes that archives of exports take', usedBytes);
  }

  /** The one that was approved first, of those that have nothing. As the bucket has it: memory may lag. */
  async #next(all: readonly Export[]): Promise<Export | undefined> {
    const { clock, folder, store } = this.#deps;
    const approved = all
      .filter((one) => exportStateAt(one, clock.now()) === 'approved')
      .sort((a, b) => (a.steps.at(-1)?.at ?? 0) - (b.steps.at(-1)?.at ?? 0));
    for (const { exportId } of approved) {
      if (await folder.noteOf(exportId)) continue;
      const found = await store.get(exportId);
      if (found && exportStateAt(found.exported, clock.now()) === 'approved') return found.exported;
    }
    return undefined;
  }

  async #begin(exported: Export): Promise<void> {
    const { exportId, alertIds } = exported;
    await this.#deps.folder.note(exportId, { state: 'making', made: 0, of: alertIds.length });
    const stop = new AbortController();
    const done = this.#make(exported, stop.signal).catch((error: unknown) => this.#putOff(error));
    this.#inHand = { exportId, stop, done };
    void done.then(() => {
      this.#inHand = undefined;
    });
  }

  async #make(exported: Export, signal: AbortSignal): Promise<void> {
    const { folder, log, metrics } = this.#deps;
    const { exportId } = exported;
    const job = await this.#jobOf(exported).catch(async (error: unknown) => {
      await folder.remove(exportId); // the history or the disk cannot say now: it waits
      throw error;
    });
    this.#failures = 0;
    try {
      const made = await this.#makeTelling(job, signal);
      await this.#note(exportId, { state: 'ready', ...made }, signal);
      metrics.count('xueliang_api_archives_made_total', 'Archives of exports made');
      log.info({ service: 'archives', exportId, ...made }, 'archive made');
    } catch (error) {
      if (signal.aborted) return;
      const { code, message } = toAppError(error);
      await this.#note(exportId, { state: 'failed', code, message: message.slice(0, 500) }, signal);
      metrics.count('xueliang_api_archives_failed_total', 'Archives that could not be made', { code });
      log.warn({ service: 'archives', exportId, err: error }, 'archive could not be made');
    }
  }

  async #jobOf(exported: Export): Promise<ArchiveJob> {
    const { clock, folder } = this.#deps;
    const { exportId } = exported;
    const where = { folder: folder.makingOf(exportId), file: folder.fileOf(exportId) };
    const facts = { ...where, limitBytes: await this.#limitBytes(), madeAt: Math.round(clock.now()) };
    return toArchiveJob(this.#deps, exported, facts);
  }

  /** How far it is goes to the disk, in order, and is all there before what became of it. */
  async #makeTelling(job: ArchiveJob, signal: AbortSignal): Promise<ArchiveMade> {
    const { exportId, alertIds } = job.exported;
    let told: Promise<unknown> = Promise.resolve();
    const tell = (made: number): void => {
      const note = { state: 'making', made, of: alertIds.length } as const;
      told = told.then(() => this.#note(exportId, note, signal)).catch(() => undefined); // the next one tells it
    };
    try {
      return await this.#deps.maker.make(job, tell, signal);
    } finally {
      await told;
    }
  }

  /** Only as long as this process is the one that makes them, and nobody has withdrawn it meanwhile. */
  async #note(
    exportId: string,
    note: Parameters<ArchiveFolder['note']>[1],
    signal: AbortSignal,
  ): Promise<void> {
    if (!signal.aborted && (await this.#deps.lock.isOwn())) await this.#deps.folder.note(exportId, note);
  }

  async #limitBytes(): Promise<number> {
    const { folder, resources } = this.#deps;
    const { usedBytes, freeBytes } = await folder.room();
    const quotaBytes = parseSize(resources.site().exports?.quota ?? usualQuota);
    return Math.max(0, Math.min(quotaBytes - usedBytes, freeBytes - minFreeBytes));
  }

  async #stopMaking(): Promise<void> {
    const inHand = this.#inHand;
    if (!inHand) return;
    inHand.stop.abort();
    await inHand.done;
    const { folder, lock } = this.#deps;
    // Whoever has taken over may be making it already.
    if (await lock.isOwn()) await folder.remove(inHand.exportId);
  }

  #putOff(error: unknown): void {
    const { clock, log } = this.#deps;
    const delayMs = backoffDelayMs(this.#failures++, backoff);
    this.#notBefore = clock.monotonic() + delayMs;
    log.warn({ service: 'archives', delayMs: Math.round(delayMs), err: error }, 'archives put off');
  }
}
