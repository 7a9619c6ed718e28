import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { Transform } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import type { ArchiveMade } from '../../../core/archive.ts';
import { apiError } from '../../errors.ts';

export interface PackedFile {
  /** Inside the archive. */
  file: string;
  bytes: number;
  sha256: string;
}

/**
 * A ZIP that is written while its files come: each is read once, hashed, and deleted, so that the disk never holds all twice.
 * Media are stored as they are, for they are compressed already. Mode 0600.
 */
export class ZipWriter {
  readonly #zip = new ZipFile();
  readonly #hash = createHash('sha256');
  readonly #written: Promise<void>;
  readonly #madeAt: Date;
  #failure: unknown;
  #bytes = 0;
  #files = 0;

  constructor(file: string, { limitBytes, madeAt }: { limitBytes: number; madeAt: number }) {
    this.#madeAt = new Date(madeAt);
    const count = new Transform({
      transform: (chunk: Buffer, _encoding, done) => {
        this.#bytes += chunk.length;
        this.#hash.update(chunk);
        done(this.#bytes > limitBytes ? tooLarge(limitBytes) : null, chunk);
      },
    });
    this.#written = pipeline(
      this.#zip.outputStream,
      count,
      createWriteStream(file, { flags: 'wx', mode: 0o600 }),
    );
    this.#written.catch((error: unknown) => {
      this.#failure = error;
    });
  }

  /** Takes a file in and deletes it. Throws `archive-full`, or what the disk says. */
  async move(from: string, file: string): Promise<PackedFile> {
    const { size } = await stat(from);
    const hash = createHash('sha256');
    const isRead = new Promise<void>((resolve, reject) => {
      this.#zip.addReadStreamLazy(file, { ...this.#entry, compress: false, size }, (give) => {
        const stream = createReadStream(from, { highWaterMark: 256 * 1024 });
        stream.on('data', (chunk) => hash.update(chunk));
        finished(stream).then(resolve, reject);
        give(null, stream);
      });
    });
    this.#files++;
    // Whichever comes first: it has been read, or nothing more can be written.
    await Promise.race([isRead, this.#written]);
    if (this.#failure !== undefined) throw this.#failure;
    await rm(from);
    return { file, bytes: size, sha256: hash.digest('hex') };
  }

  add(text: string, file: string): PackedFile {
    const bytes = Buffer.from(text);
    this.#zip.addBuffer(bytes, file, { ...this.#entry, compress: true });
    this.#files++;
    return { file, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
  }

  /** Ends it; the file is whole when this resolves. */
  async end(): Promise<ArchiveMade> {
    this.#zip.end();
    await this.#written;
    return { bytes: this.#bytes, sha256: this.#hash.digest('hex'), files: this.#files };
  }

  get #entry() {
    return { mtime: this.#madeAt, mode: 0o100600 };
  }
}

const tooLarge = (limitBytes: number) =>
  apiError(
    'archive-full',
    `there is room for ${Math.round(limitBytes / 1e6)} MB of archives, and this one is larger; withdraw exports that have been fetched, raise site.exports.quota or free the disk, then try again`,
  );
