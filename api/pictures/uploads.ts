import { createHash } from 'node:crypto';
import { appendFile, mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { type ErrorKind, isAppError } from '../../core/errors.ts';
import type { Clock } from '../../core/runtime/clock.ts';
import type { PictureMoment } from '../../core/schema/alert.ts';
import { apiError } from '../errors.ts';

/** Whose upload of what: another size or moment is another upload. */
export interface UploadKey {
  alertId: string;
  by: string;
  /** Chosen by whoever sends it, so that a page that was closed finds it again. */
  uploadId: string;
  when: PictureMoment;
  sizeBytes: number;
}

export const maxPictureBytes = 10 * 1024 ** 2;
/** Unfinished ones of a site: 640 MB at most. */
const maxUploads = 64;
/** As long as an answer link may live. */
const maxAgeMs = 24 * 3_600_000;

const finalKinds: ReadonlySet<ErrorKind> = new Set(['invalid', 'conflict', 'not-found']);

/** Pictures that are on their way, each a file that grows chunk by chunk and survives a restart. */
export class Uploads {
  readonly #folder: string;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #busy = new Set<string>();

  constructor({ folder, clock }: { folder: string; clock: Pick<Clock, 'now'> }) {
    this.#folder = folder;
    this.#clock = clock;
  }

  /** How many bytes of it are here. */
  async offset(key: UploadKey): Promise<number> {
    return (await sizeOf(this.#pathOf(key))) ?? 0;
  }

  /**
   * Adds a chunk that begins at `offset`; with the last one `finish` gets all of it, and the file goes when that resolves
   * or refuses the picture for good. Throws `upload-moved` when more or less is here, `upload-busy`, `uploads-full`.
   */
  async add<T>(
    key: UploadKey,
    chunk: { offset: number; bytes: Buffer },
    finish: (bytes: Buffer) => Promise<T>,
  ): Promise<{ offset: number; finished?: T }> {
    const file = this.#pathOf(key);
    if (this.#busy.has(file))
      throw apiError('upload-busy', 'a chunk of this picture is being written; ask how far it is');
    this.#busy.add(file);
    try {
      const offset = await this.#append(file, key, chunk);
      if (offset < key.sizeBytes) return { offset };
      const finished = await finish(await readFile(file)).catch(async (error: unknown) => {
        // What is no picture, or has no room, is not tried again; for what may be mended the bytes stay.
        if (isAppError(error) && finalKinds.has(error.kind)) await rm(file, { force: true });
        throw error;
      });
      await rm(file, { force: true });
      return { offset, finished };
    } finally {
      this.#busy.delete(file);
    }
  }

  async #append(
    file: string,
    { sizeBytes }: UploadKey,
    { offset, bytes }: { offset: number; bytes: Buffer },
  ): Promise<number> {
    const here = (await sizeOf(file)) ?? 0;
    if (here !== offset)
      throw apiError('upload-moved', `${here} bytes are here, not ${offset}; go on from there`, {
        offset: here,
      });
    if (offset + bytes.length > sizeBytes)
      throw apiError('request-invalid', `body: more than the ${sizeBytes} bytes that were said`);
    if (offset === 0) await this.#makeRoom();
    await appendFile(file, bytes, { mode: 0o640 }).catch((cause: NodeJS.ErrnoException) => {
      throw cause.code === 'ENOSPC' || cause.code === 'EDQUOT' ? full(cause) : cause;
    });
    return offset + bytes.length;
  }

  /** Lets go of what nobody went on with. */
  async #makeRoom(): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o750 });
    const oldest = this.#clock.now() - maxAgeMs;
    let kept = 0;
    for (const name of await readdir(this.#folder)) {
      const file = path.join(this.#folder, name);
      const facts = await stat(file).catch(() => undefined); // finished since it was listed
      if (facts && facts.mtimeMs < oldest) await rm(file, { force: true });
      else if (facts) kept++;
    }
    if (kept >= maxUploads) throw full();
  }

  #pathOf({ alertId, by, uploadId, when, sizeBytes }: UploadKey): string {
    const name = createHash('sha256').update(JSON.stringify([alertId, by, uploadId, when, sizeBytes]));
    return path.join(this.#folder, `${name.digest('hex')}.part`);
  }
}

const full = (cause?: unknown) =>
  apiError('uploads-full', 'there is no room for another picture; try again in some minutes', { cause });

const sizeOf = async (file: string): Promise<number | undefined> => {
  try {
    return (await stat(file)).size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
};
