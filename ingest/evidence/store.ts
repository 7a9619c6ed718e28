import { access, constants, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isAppError } from '../../core/errors.ts';
import type { EvidenceFile, EvidenceName, EvidenceReader } from '../../core/evidence.ts';
import type { Logger } from '../../core/log.ts';
import type { Metrics } from '../../core/metrics.ts';
import type { Clock } from '../../core/runtime/clock.ts';
import { EvidenceCatalogue } from './catalogue.ts';
import { evidenceError } from './errors.ts';
import { type WriteOptions, type WrittenFile, writeEvidenceFile } from './evidence-file.ts';
import { alertFolderOf, evidencePathOf, protectionFileName } from './paths.ts';
import { EvidenceQuota, type EvidenceUsage, type OnDeleted, type QuotaLimits } from './quota.ts';
import { createEvidenceReader } from './reader.ts';

export interface EvidenceStoreOptions extends QuotaLimits {
  folder: string;
  clock: Clock;
  log: Logger;
  metrics?: Metrics;
  onDeleted: OnDeleted;
}

/** Pictures and clips by alert id. Path, quota and retention are its own affair. */
export interface EvidenceStore extends EvidenceReader {
  /**
   * Has `fill` write the file beside its place, then syncs, hashes and renames it. On a full disk the oldest
   * unprotected evidence goes and it is tried once more. Fails with kind `exhausted` when that was not enough.
   */
  write<T extends object>(
    alertId: string,
    name: EvidenceName,
    fill: (temporaryPath: string) => Promise<T>,
    options: Omit<WriteOptions, 'makeRoom'>,
  ): Promise<T & WrittenFile>;
  /** Deletes one file and reports it as `requested`. Resolves to whether it was there; kind `conflict` when protected. */
  delete(alertId: string, name: EvidenceName): Promise<boolean>;
  /** Keeps an alert's evidence from every deletion, for every process that shares the folder. */
  protect(alertId: string): Promise<void>;
  unprotect(alertId: string): Promise<void>;
  /** Takes in what other threads and processes wrote, then applies retention, quota and the disk's floor. */
  enforce(): Promise<EvidenceUsage>;
  /** Sheds until `sizeBytes` fit beside the disk's floor, for writers on other threads. Resolves to whether they fit. */
  makeRoom(sizeBytes: number): Promise<boolean>;
  /** Resolves when nothing of it is under way; afterwards it only reads. */
  close(): Promise<void>;
}

/** Other processes' deletions and late files are found by reading the whole folder this often. */
const fullScanEveryMs = 3_600_000;

class FolderStore implements EvidenceStore {
  readonly #options: EvidenceStoreOptions;
  readonly #catalogue: EvidenceCatalogue;
  readonly #quota: EvidenceQuota;
  readonly #reader: EvidenceReader;
  /** Deletions one after the other: each decides by what the one before left. */
  #turn: Promise<unknown> = Promise.resolve();
  #scannedAt: number;
  #isClosed = false;

  constructor(options: EvidenceStoreOptions, catalogue: EvidenceCatalogue) {
    this.#options = options;
    this.#catalogue = catalogue;
    this.#quota = new EvidenceQuota({ ...options, metrics: options.metrics, catalogue });
    this.#reader = createEvidenceReader(options.folder);
    this.#scannedAt = options.clock.monotonic();
  }

  open(alertId: string, name: EvidenceName): Promise<EvidenceFile | undefined> {
    return this.#reader.open(alertId, name);
  }

  async write<T extends object>(
    alertId: string,
    name: EvidenceName,
    fill: (temporaryPath: string) => Promise<T>,
    options: Omit<WriteOptions, 'makeRoom'>,
  ): Promise<T & WrittenFile> {
    const path = evidencePathOf(this.#options.folder, alertId, name);
    const makeRoom = (sizeBytes: number): Promise<boolean> => this.makeRoom(sizeBytes);
    const written = await writeEvidenceFile(path, fill, { ...options, makeRoom });
    await this.#inTurn(() => this.#catalogue.refresh(alertId, this.#options.clock.now()));
    return written;
  }

  delete(alertId: string, name: EvidenceName): Promise<boolean> {
    return this.#inTurn(async () => {
      const stored = await this.#catalogue.refresh(alertId, this.#options.clock.now());
      if (stored?.isProtected) {
        throw evidenceError(
          'evidence-protected',
          `the ${name} of ${alertId} is protected; lift the protection first`,
        );
      }
      if (!stored?.sizes.has(name)) return false;
      return this.#quota.remove(alertId, name, 'requested');
    });
  }

  async protect(alertId: string): Promise<void> {
    const folder = alertFolderOf(this.#options.folder, alertId);
    await this.#inTurn(async () => {
      await mkdir(folder, { recursive: true, mode: 0o750 });
      await writeFile(join(folder, protectionFileName), '', { flush: true });
      await this.#catalogue.refresh(alertId, this.#options.clock.now());
    });
  }

  async unprotect(alertId: string): Promise<void> {
    const folder = alertFolderOf(this.#options.folder, alertId);
    await this.#inTurn(async () => {
      await rm(join(folder, protectionFileName), { force: true });
      await this.#catalogue.refresh(alertId, this.#options.clock.now());
    });
  }

  enforce(): Promise<EvidenceUsage> {
    return this.#inTurn(async () => {
      await this.#lookAround();
      return this.#quota.enforce();
    });
  }

  makeRoom(sizeBytes: number): Promise<boolean> {
    return this.#inTurn(async () => {
      await this.#lookAround();
      return this.#quota.makeRoom(sizeBytes);
    });
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#turn;
  }

  async #lookAround(): Promise<void> {
    const { clock } = this.#options;
    if (clock.monotonic() - this.#scannedAt < fullScanEveryMs) return this.#catalogue.scanRecent(clock.now());
    await this.#catalogue.scan(clock.now());
    this.#scannedAt = clock.monotonic();
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.#isClosed) throw evidenceError('evidence-store-closed', 'the evidence store is closed');
    const mine = this.#turn.then(work);
    this.#turn = mine.catch(() => undefined); // whoever asked gets the error
    return mine.catch((error: unknown) => {
      throw isAppError(error) ? error : unusable(this.#options.folder, error);
    });
  }
}

const unusable = (folder: string, cause: unknown) =>
  evidenceError(
    'evidence-folder-unusable',
    `the evidence folder '${folder}' cannot be used; check that it is there and that the service's user may write it`,
    { cause },
  );

const prepareFolder = async (folder: string): Promise<void> => {
  try {
    await mkdir(folder, { recursive: true, mode: 0o750 });
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw unusable(folder, error);
  }
};

/** Opens the folder, making it when it is not there, and measures what it holds. */
export const openEvidenceStore = async (options: EvidenceStoreOptions): Promise<EvidenceStore> => {
  await prepareFolder(options.folder);
  const catalogue = new EvidenceCatalogue(options.folder);
  await catalogue.scan(options.clock.now());
  return new FolderStore(options, catalogue);
};
