import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Clock } from '../../core/runtime/clock.ts';
import { altered, checkModelFile } from '../check-file.ts';
import type { Model } from '../manifest.ts';

/** What a killed process left in the temporary folder is taken away when it is this old. */
const leftOverMs = 60 * 60 * 1000;

/** The folder of checked model files inside the machine's cache. */
export const modelFolder = (cacheFolder: string): string => path.resolve(cacheFolder, 'models');

/** By checksum, so that a newer file of the same name does not meet an older one; under its name, so that it can be carried on. */
export const cachedPath = ({ card, fileName }: Model, cacheFolder: string): string =>
  path.join(modelFolder(cacheFolder), card.sha256.slice(0, 12), fileName);

/** A new path for a file or folder that is not yet what it will be, on the same file system as the cache. */
export const temporaryPath = async (cacheFolder: string, clock: Clock): Promise<string> => {
  const folder = path.join(modelFolder(cacheFolder), 'tmp');
  await mkdir(folder, { recursive: true });
  for (const name of await readdir(folder)) {
    const leftOver = path.join(folder, name);
    const { mtimeMs } = await stat(leftOver).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY }));
    if (clock.now() - mtimeMs > leftOverMs) await rm(leftOver, { recursive: true, force: true });
  }
  return path.join(folder, randomUUID());
};

export interface StoreOptions {
  cacheFolder: string;
  clock: Clock;
  /** Where the bytes come from, for messages. */
  origin: string;
  onReceived?: (receivedBytes: number) => void;
}

/**
 * Writes a model's bytes beside the cache, checks them against card and law, and only then moves them into place.
 * Stops reading as soon as there are more bytes than there should be.
 */
export const storeModel = async (
  model: Model,
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  { cacheFolder, clock, origin, onReceived }: StoreOptions,
): Promise<string> => {
  const temporary = await temporaryPath(cacheFolder, clock);
  try {
    await write(temporary, chunks, (receivedBytes) => {
      if (receivedBytes > model.sizeBytes)
        throw altered(origin, `${model.sizeBytes} bytes`, `more than ${model.sizeBytes} bytes`);
      onReceived?.(receivedBytes);
    });
    await checkModelFile(model, temporary, origin);
    const target = cachedPath(model, cacheFolder);
    await mkdir(path.dirname(target), { recursive: true });
    await rename(temporary, target);
    return target;
  } finally {
    await rm(temporary, { force: true });
  }
};

const write = async (
  file: string,
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  onReceived: (receivedBytes: number) => void,
): Promise<void> => {
  const handle = await open(file, 'wx');
  try {
    let receivedBytes = 0;
    for await (const chunk of chunks) {
      receivedBytes += chunk.byteLength;
      onReceived(receivedBytes);
      await handle.writeFile(chunk);
    }
    // The name must not reach the disk before the bytes do.
    await handle.sync();
  } finally {
    await handle.close();
  }
};
