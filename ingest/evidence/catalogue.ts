import type { Dirent } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { encodeTime } from 'ulid';
import type { EvidenceName } from '../../core/evidence.ts';
import { mediums } from '../../core/schema/mediums.ts';
import { isMissing } from './errors.ts';
import {
  alertFolderOf,
  dayFolderOf,
  fileNameOf,
  isAlertId,
  partialFilePattern,
  picturesAmong,
  protectionFileName,
} from './paths.ts';

/** One alert's evidence as it lies on the disk. */
export interface StoredAlert {
  sizes: ReadonlyMap<EvidenceName, number>;
  isProtected: boolean;
}

/** A write takes seconds; what is still unfinished after an hour belongs to a process that died. */
const partialMaxAgeMs = 3_600_000;
/** Snapshot and clip follow an alert within a minute, so younger folders are looked at again. */
const growingMs = 15 * 60_000;
/** Alert folders looked at together: enough to hide the disk's latency, few enough to leave the thread pool free. */
const scansAtOnce = 8;

const yearPattern = /^\d{4,5}$/;
const twoDigits = /^\d{2}$/;

const listFolder = async (path: string): Promise<Dirent[]> => {
  try {
    return await readdir(path, { withFileTypes: true });
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
};

/** Real folders only: a link may lead out of the store. */
const foldersIn = async (path: string, pattern: RegExp): Promise<string[]> =>
  (await listFolder(path))
    .filter((entry) => entry.isDirectory() && pattern.test(entry.name))
    .map((entry) => entry.name);

/** What the evidence folder holds, kept up to date without reading all of it again. */
export class EvidenceCatalogue {
  readonly #folder: string;
  readonly #alerts = new Map<string, StoredAlert>();
  /** Their ids, oldest first, while none has come or gone. */
  #sortedIds: readonly string[] | undefined;
  #usedBytes = 0;
  #protectedBytes = 0;

  constructor(folder: string) {
    this.#folder = folder;
  }

  get usedBytes(): number {
    return this.#usedBytes;
  }

  get protectedBytes(): number {
    return this.#protectedBytes;
  }

  get(alertId: string): StoredAlert | undefined {
    return this.#alerts.get(alertId);
  }

  /** Oldest first: a ULID sorts by its time. */
  alertIds(): readonly string[] {
    this.#sortedIds ??= [...this.#alerts.keys()].sort();
    return this.#sortedIds;
  }

  /** Reads the whole folder. `now`: the wall clock. */
  async scan(now: number): Promise<void> {
    const found = new Set<string>();
    for (const year of await foldersIn(this.#folder, yearPattern)) {
      for (const month of await foldersIn(join(this.#folder, year), twoDigits)) {
        for (const day of await foldersIn(join(this.#folder, year, month), twoDigits)) {
          const ids = await this.#idsOf(join(year, month, day));
          await this.#look(ids, now);
          for (const id of ids) found.add(id);
        }
      }
    }
    for (const id of this.#alerts.keys()) if (!found.has(id)) this.#set(id, undefined);
  }

  /** Looks for what was written lately, by this process or another: alerts not seen before, and those of the last minutes. */
  async scanRecent(now: number): Promise<void> {
    const since = Math.max(0, Math.floor(now) - growingMs);
    const firstGrowing = encodeTime(since);
    const mayHaveChanged = (name: string): boolean => name >= firstGrowing || !this.#alerts.has(name);
    for (const day of new Set([dayFolderOf(since), dayFolderOf(now)])) {
      await this.#look(await this.#idsOf(day, mayHaveChanged), now);
    }
  }

  /** Looks at one alert's folder again. */
  async refresh(alertId: string, now: number): Promise<StoredAlert | undefined> {
    const stored = await this.#read(alertId, now);
    this.#set(alertId, stored);
    return stored;
  }

  /** Of the names in a day's folder that are asked for, those that are alerts of this day. */
  async #idsOf(day: string, isAskedFor: (name: string) => boolean = () => true): Promise<string[]> {
    const entries = await listFolder(join(this.#folder, day));
    return entries
      .filter((entry) => isAskedFor(entry.name) && entry.isDirectory() && isAlertId(entry.name))
      .map((entry) => entry.name)
      .filter((id) => alertFolderOf(this.#folder, id) === join(this.#folder, day, id));
  }

  async #look(ids: readonly string[], now: number): Promise<void> {
    for (let index = 0; index < ids.length; index += scansAtOnce) {
      await Promise.all(ids.slice(index, index + scansAtOnce).map((id) => this.refresh(id, now)));
    }
  }

  async #read(alertId: string, now: number): Promise<StoredAlert | undefined> {
    const path = alertFolderOf(this.#folder, alertId);
    const names = (await listFolder(path)).filter((entry) => entry.isFile()).map((entry) => entry.name);
    const sizes = new Map<EvidenceName, number>();
    for (const name of [...mediums, ...picturesAmong(names)]) {
      if (!names.includes(fileNameOf(name))) continue;
      const sizeBytes = await sizeOf(join(path, fileNameOf(name)));
      if (sizeBytes !== undefined) sizes.set(name, sizeBytes);
    }
    for (const name of names) if (partialFilePattern.test(name)) await removeStale(join(path, name), now);
    return sizes.size > 0 ? { sizes, isProtected: names.includes(protectionFileName) } : undefined;
  }

  #set(alertId: string, stored: StoredAlert | undefined): void {
    this.#count(this.#alerts.get(alertId), -1);
    this.#count(stored, 1);
    if (this.#alerts.has(alertId) !== (stored !== undefined)) this.#sortedIds = undefined;
    if (stored) this.#alerts.set(alertId, stored);
    else this.#alerts.delete(alertId);
  }

  #count(stored: StoredAlert | undefined, sign: 1 | -1): void {
    if (!stored) return;
    const bytes = [...stored.sizes.values()].reduce((sum, size) => sum + size, 0);
    this.#usedBytes += sign * bytes;
    if (stored.isProtected) this.#protectedBytes += sign * bytes;
  }
}

const sizeOf = async (path: string): Promise<number | undefined> => {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (isMissing(error)) return undefined; // deleted since its folder was listed
    throw error;
  }
};

const removeStale = async (path: string, now: number): Promise<void> => {
  const facts = await stat(path).catch(() => undefined); // finished and renamed since its folder was listed
  if (facts && now - facts.mtimeMs > partialMaxAgeMs) await rm(path, { force: true });
};
