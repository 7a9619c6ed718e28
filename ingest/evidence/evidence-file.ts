import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { isAppError } from '../../core/errors.ts';
import { evidenceError, isDiskFull } from './errors.ts';

/** What a file turned out to be once it is safely in its place. */
export interface WrittenFile {
  sizeBytes: number;
  sha256: string;
}

export interface WriteOptions {
  /** Roughly how large the file will be: what a full disk has to give back. */
  expectedBytes: number;
  /** Frees that many bytes; resolves to whether it could. Without it a full disk is final. */
  makeRoom?: (sizeBytes: number) => Promise<boolean>;
  signal?: AbortSignal;
}

/** Evidence is for those who may see it: the service's user and its group. */
const folderMode = 0o750;
const fileMode = 0o640;

/** Makes a new directory entry survive a power cut; the file's own fsync does not. */
const syncFolder = async (folder: string): Promise<void> => {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

const settle = async (path: string): Promise<WrittenFile> => {
  const handle = await open(path, 'r+');
  try {
    await handle.chmod(fileMode);
    await handle.sync();
    const { size } = await handle.stat();
    const hash = createHash('sha256');
    await pipeline(createReadStream(path, { highWaterMark: 256 * 1024 }), hash);
    return { sizeBytes: size, sha256: hash.digest('hex') };
  } finally {
    await handle.close();
  }
};

const writeOnce = async <T extends object>(
  path: string,
  fill: (temporaryPath: string) => Promise<T>,
  signal: AbortSignal | undefined,
): Promise<T & WrittenFile> => {
  const folder = dirname(path);
  const temporaryPath = join(folder, `.${basename(path)}.${randomUUID()}.part`);
  try {
    await mkdir(folder, { recursive: true, mode: folderMode });
    const facts = await fill(temporaryPath);
    const written = await settle(temporaryPath);
    signal?.throwIfAborted();
    await rename(temporaryPath, path);
    await syncFolder(folder);
    return { ...facts, ...written };
  } catch (error) {
    await rm(temporaryPath, { force: true }).catch(() => undefined);
    throw error;
  }
};

const translate = (error: unknown, path: string): unknown => {
  const name = basename(path);
  if (isDiskFull(error))
    return evidenceError('disk-full', `no room on the disk for ${name}`, { cause: error });
  if (isAppError(error)) return error;
  // The reason goes out with the alert: it names no path of this machine.
  const why = (error as NodeJS.ErrnoException).code ?? 'unexpected error';
  return evidenceError('evidence-write-failed', `${name} could not be written (${why})`, { cause: error });
};

/**
 * Writes a file so that it is there whole or not at all: `fill` writes beside its place, then it is synced, hashed
 * and renamed. When the disk is full room is made and it is tried once more.
 */
export const writeEvidenceFile = async <T extends object>(
  path: string,
  fill: (temporaryPath: string) => Promise<T>,
  { expectedBytes, makeRoom, signal }: WriteOptions,
): Promise<T & WrittenFile> => {
  try {
    return await writeOnce(path, fill, signal).catch(async (error: unknown) => {
      if (!isDiskFull(error) || !makeRoom || !(await makeRoom(expectedBytes))) throw error;
      return writeOnce(path, fill, signal);
    });
  } catch (error) {
    throw signal?.aborted ? signal.reason : translate(error, path);
  }
};
