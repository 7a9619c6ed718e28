import { rmdir, statfs, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { EvidenceName } from '../../core/evidence.ts';
import type { Logger } from '../../core/log.ts';
import type { Metrics } from '../../core/metrics.ts';
import type { Clock } from '../../core/runtime/clock.ts';
import type { EvidenceCatalogue } from './catalogue.ts';
import { isMissing } from './errors.ts';
import { alertFolderOf, evidencePathOf, raisedAtOf } from './paths.ts';

/** Why a picture or clip is no longer there. */
export const deletionReasons = ['retention', 'quota', 'disk-full', 'requested'] as const;
export type DeletionReason = (typeof deletionReasons)[number];

export interface QuotaLimits {
  quotaBytes: number;
  /** Evidence older than this goes, unless it is protected. */
  retentionMs: number;
  /** When the disk has less than this left, whoever filled it, the oldest evidence goes. */
  minFreeBytes: number;
}

/**
 * Told of every deletion, at least once: before the file goes, so that a crash between the two repeats the message
 * instead of losing it. Only on a full disk the file goes first, because telling may itself need room.
 */
export type OnDeleted = (alertId: string, name: EvidenceName, reason: DeletionReason) => void | Promise<void>;

export interface QuotaDeps extends QuotaLimits {
  folder: string;
  catalogue: EvidenceCatalogue;
  clock: Clock;
  log: Logger;
  metrics: Metrics | undefined;
  onDeleted: OnDeleted;
}

/** How the folder stands after its bounds were enforced. */
export interface EvidenceUsage {
  usedBytes: number;
  protectedBytes: number;
  /** What the disk has left. */
  freeBytes: number;
  deletedCount: number;
  /** Protected evidence alone is beyond the quota, or something could not be deleted. */
  isOverQuota: boolean;
  isDiskLow: boolean;
}

/** The clip goes first: it is the largest, and says less once the alert is old. The snapshot goes last. */
const toSheddingOrder = (names: Iterable<EvidenceName>): EvidenceName[] => {
  const rank = (name: EvidenceName): number => (name === 'clip' ? 0 : name === 'snapshot' ? 2 : 1);
  return [...names].sort((a, b) => rank(a) - rank(b));
};

/** Keeps the evidence folder inside its bounds. One process owns a folder's; calls must not overlap. */
export class EvidenceQuota {
  readonly #deps: QuotaDeps;
  #deletedCount = 0;
  /** As last logged. */
  #state = 'unknown';

  constructor(deps: QuotaDeps) {
    this.#deps = deps;
  }

  async freeBytes(): Promise<number> {
    const { bavail, bsize } = await statfs(this.#deps.folder);
    return bavail * bsize;
  }

  async enforce(): Promise<EvidenceUsage> {
    const { catalogue, quotaBytes, retentionMs, minFreeBytes, clock } = this.#deps;
    const before = this.#deletedCount;
    const oldestKept = clock.now() - retentionMs;
    await this.#shed('retention', (alertId) => raisedAtOf(alertId) < oldestKept);
    await this.#shed('quota', () => catalogue.usedBytes > quotaBytes);
    await this.makeRoom(0);
    const freeBytes = await this.freeBytes();
    const { usedBytes, protectedBytes } = catalogue;
    const usage: EvidenceUsage = {
      usedBytes,
      protectedBytes,
      freeBytes,
      deletedCount: this.#deletedCount - before,
      isOverQuota: usedBytes > quotaBytes,
      isDiskLow: freeBytes < minFreeBytes,
    };
    this.#report(usage);
    return usage;
  }

  /** Sheds until the disk has `sizeBytes` beyond its floor, or nothing is left to shed. Resolves to whether `sizeBytes` fit. */
  async makeRoom(sizeBytes: number): Promise<boolean> {
    const wanted = this.#deps.minFreeBytes + sizeBytes;
    await this.#shed('disk-full', async () => (await this.freeBytes()) < wanted);
    return (await this.freeBytes()) >= sizeBytes;
  }

  /** Deletes one file of an alert. Resolves to whether it was there. */
  async remove(alertId: string, name: EvidenceName, reason: DeletionReason): Promise<boolean> {
    const { folder, catalogue, clock, metrics, onDeleted } = this.#deps;
    const isTold = reason !== 'disk-full';
    if (isTold) await onDeleted(alertId, name, reason);
    const wasThere = await unlinkIfThere(evidencePathOf(folder, alertId, name));
    await removeEmptyFolders(folder, alertId);
    await catalogue.refresh(alertId, clock.now());
    this.#deletedCount++;
    const medium = name.startsWith('picture-') ? 'picture' : name;
    metrics?.count('xueliang_ingest_evidence_deleted_total', 'Evidence files deleted.', { medium, reason });
    if (!isTold) await onDeleted(alertId, name, reason);
    return wasThere;
  }

  /** Deletes unprotected evidence, oldest first, as long as `isWanted` says so of the alert in turn. */
  async #shed(
    reason: DeletionReason,
    isWanted: (alertId: string) => boolean | Promise<boolean>,
  ): Promise<void> {
    const failures: unknown[] = [];
    for (const alertId of this.#deps.catalogue.alertIds()) {
      if (!(await isWanted(alertId))) break;
      for (const name of await this.#sheddable(alertId)) {
        if (!(await isWanted(alertId))) break;
        await this.remove(alertId, name, reason).catch((error: unknown) => failures.push(error));
      }
    }
    if (failures.length === 0) return;
    this.#deps.log.warn(
      { err: failures[0], count: failures.length, reason },
      'evidence could not be deleted',
    );
  }

  async #sheddable(alertId: string): Promise<readonly EvidenceName[]> {
    const { catalogue, clock } = this.#deps;
    if (catalogue.get(alertId)?.isProtected) return [];
    // Looked at again: another process may have protected or removed it since.
    const stored = await catalogue.refresh(alertId, clock.now());
    return stored && !stored.isProtected ? toSheddingOrder(stored.sizes.keys()) : [];
  }

  #report(usage: EvidenceUsage): void {
    const { log, metrics, quotaBytes, minFreeBytes } = this.#deps;
    metrics?.gauge('xueliang_ingest_evidence_bytes', 'Evidence on the disk.', usage.usedBytes);
    metrics?.gauge(
      'xueliang_ingest_evidence_protected_bytes',
      'Evidence that is never shed.',
      usage.protectedBytes,
    );
    metrics?.gauge('xueliang_ingest_evidence_free_bytes', 'Room left on its disk.', usage.freeBytes);
    const state = `${usage.isOverQuota ? 'over quota' : 'within quota'}, ${usage.isDiskLow ? 'disk nearly full' : 'disk has room'}`;
    if (state === this.#state) return;
    const level = usage.isOverQuota || usage.isDiskLow ? 'warn' : 'info';
    log[level]({ ...usage, quotaBytes, minFreeBytes, from: this.#state, to: state }, 'evidence store');
    this.#state = state;
  }
}

const unlinkIfThere = async (path: string): Promise<boolean> => {
  try {
    await unlink(path);
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
};

/** The alert's folder, then its day's, month's and year's, as far as they are empty. Never the store itself. */
const removeEmptyFolders = async (folder: string, alertId: string): Promise<void> => {
  let path = alertFolderOf(folder, alertId);
  for (let depth = 0; depth < 4; depth++) {
    const isGone = await rmdir(path).then(
      () => true,
      () => false, // not empty, or gone already
    );
    if (!isGone) return;
    path = dirname(path);
  }
};
