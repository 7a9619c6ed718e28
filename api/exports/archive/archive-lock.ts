import { randomUUID } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Clock } from '../../../core/runtime/clock.ts';

/** Renewed more often than every five seconds; whoever says nothing for so long has died. */
const staleMs = 30_000;

/**
 * Who makes archives in a folder: one process of those that share it, wherever they run. It lies with the archives, because
 * it is they that must not be made twice. Two that take it over in the same moment see at the next look who has it.
 */
export class ArchiveLock {
  readonly #file: string;
  readonly #clock: Clock;
  readonly #own = randomUUID();

  constructor(folder: string, clock: Clock) {
    this.#file = path.join(folder, 'maker.lock');
    this.#clock = clock;
  }

  /** Takes or renews it. Tells whether it is this process's, and whether it was before. */
  async hold(): Promise<'new' | 'held' | undefined> {
    const holder = await this.#holder();
    const isOwn = holder?.owner === this.#own;
    const isTaken = holder !== undefined && Math.abs(this.#clock.now() - holder.at) < staleMs;
    if (!isOwn && isTaken) return undefined;
    const beside = `${this.#file}.${this.#own}.part`; // whoever takes over clears what a crash left of it
    await writeFile(beside, JSON.stringify({ owner: this.#own, at: this.#clock.now() }), { mode: 0o600 });
    await rename(beside, this.#file);
    return isOwn ? 'held' : 'new';
  }

  async isOwn(): Promise<boolean> {
    return (await this.#holder())?.owner === this.#own;
  }

  async release(): Promise<void> {
    if (await this.isOwn()) await rm(this.#file, { force: true });
  }

  async #holder(): Promise<{ owner: string; at: number } | undefined> {
    try {
      const { owner, at } = JSON.parse(await readFile(this.#file, 'utf8')) as { owner: unknown; at: unknown };
      return typeof owner === 'string' && typeof at === 'number' ? { owner, at } : undefined;
    } catch {
      return undefined; // nobody has it
    }
  }
}
