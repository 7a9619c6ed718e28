import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat, statfs, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Compile } from 'typebox/compile';
import { ArchiveNote } from '../../../core/schema/archive-state.ts';
import { AlertId } from '../../../core/schema/ids.ts';
import { apiError } from '../../errors.ts';

const notes = Compile(ArchiveNote);
const ids = Compile(AlertId);
const entryPattern = /^([0-7][0-9A-HJKMNP-TV-Z]{25})\.(zip|json|making)$/;

/**
 * Archives on the disk, each under its export's id: `<id>.zip`, what is known of it in `<id>.json`, and the folder
 * `<id>.making` while it is made. Nothing about them is kept elsewhere.
 */
export class ArchiveFolder {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  fileOf(exportId: string): string {
    return this.#pathOf(exportId, 'zip');
  }

  /** Where it is made. */
  makingOf(exportId: string): string {
    return this.#pathOf(exportId, 'making');
  }

  /** What there is of it; nothing also where a note tells of a file that is not there as it says. */
  async noteOf(exportId: string): Promise<ArchiveNote | undefined> {
    const note = await this.#read(exportId);
    if (note?.state !== 'ready') return note;
    const size = await sizeOf(this.fileOf(exportId));
    return size === note.bytes ? note : undefined;
  }

  async note(exportId: string, note: ArchiveNote): Promise<void> {
    const file = this.#pathOf(exportId, 'json');
    await this.prepare();
    const beside = `${file}.${randomUUID()}.part`;
    // How far it is counts for nothing after a crash.
    await writeFile(beside, JSON.stringify(note), { mode: 0o600, flush: note.state !== 'making' });
    await rename(beside, file);
  }

  /** Opens an archive for reading. Throws `export-not-ready` when it has just gone. */
  async open(exportId: string) {
    return open(this.fileOf(exportId), 'r').catch((cause: unknown) => {
      throw apiError('export-not-ready', `the archive of export ${exportId} is not there`, { cause });
    });
  }

  async prepare(): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
  }

  /** Everything of it. Tells whether there was an archive or a note of one. */
  async remove(exportId: string): Promise<boolean> {
    const names = await this.#names();
    const own = names.filter((name) => entryPattern.exec(name)?.[1] === exportId);
    for (const name of own) await rm(path.join(this.#folder, name), { recursive: true, force: true });
    return own.length > 0;
  }

  /** Of which exports there is anything. */
  async exportIds(): Promise<string[]> {
    const found = (await this.#names()).map((name) => entryPattern.exec(name)?.[1] ?? '');
    return [...new Set(found.filter((id) => id !== ''))].sort();
  }

  /** Lets go of what somebody who has died was making. */
  async clearHalfMade(): Promise<void> {
    for (const name of await this.#names()) {
      const isHalf = name.endsWith('.part') || name.endsWith('.making');
      if (isHalf) await rm(path.join(this.#folder, name), { recursive: true, force: true });
    }
    for (const exportId of await this.exportIds()) {
      if ((await this.noteOf(exportId))?.state === 'making')
        await rm(this.#pathOf(exportId, 'json'), { force: true });
      const isThere = (await this.noteOf(exportId)) !== undefined;
      if (!isThere) await rm(this.fileOf(exportId), { force: true });
    }
  }

  /** Bytes that archives take, and bytes that the disk has left. */
  async room(): Promise<{ usedBytes: number; freeBytes: number }> {
    await this.prepare();
    let usedBytes = 0;
    for (const name of await this.#names()) {
      if (name.endsWith('.zip')) usedBytes += (await sizeOf(path.join(this.#folder, name))) ?? 0;
    }
    const { bavail, bsize } = await statfs(this.#folder);
    return { usedBytes, freeBytes: bavail * bsize };
  }

  async #read(exportId: string): Promise<ArchiveNote | undefined> {
    const text = await readFile(this.#pathOf(exportId, 'json'), 'utf8').catch(() => undefined);
    if (text === undefined) return undefined;
    try {
      const note: unknown = JSON.parse(text);
      return notes.Check(note) ? note : undefined;
    } catch {
      return undefined; // damaged: it is made again
    }
  }

  async #names(): Promise<string[]> {
    return readdir(this.#folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return []; // nothing was ever made
      throw error; // what cannot be read is not gone: an archive would outlive its approval unseen
    });
  }

  /** Only an id makes a path. */
  #pathOf(exportId: string, ending: 'zip' | 'json' | 'making'): string {
    if (ids.Check(exportId)) return path.join(this.#folder, `${exportId}.${ending}`);
    throw apiError('export-unknown', `there is no export ${String(exportId).slice(0, 40)}`);
  }
}

const sizeOf = async (file: string): Promise<number | undefined> => {
  const facts = await stat(file).catch(() => undefined); // it is not there
  return facts?.isFile() ? facts.size : undefined;
};
