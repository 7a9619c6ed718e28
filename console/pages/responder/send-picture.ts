import { type AnswerClient, AnswerError, type UploadData } from './answer-client.ts';
import type { ChosenPicture } from './picture-box.ts';

/** Bytes. A chunk that is lost is sent again, so poor lines get small ones; the API takes 512 KiB. */
export const chunkBounds = { first: 32 * 1024, least: 8 * 1024, most: 256 * 1024 };
/** A chunk that took less is followed by a larger one; the API waits fifteen seconds for one. */
const quickMs = 3000;

/** What a line carries, learnt from one chunk to the next and from one picture to the next. */
export class Pace {
  #bytes = chunkBounds.first;

  get bytes(): number {
    return this.#bytes;
  }

  took(ms: number): void {
    if (ms < quickMs) this.#bytes = Math.min(chunkBounds.most, this.#bytes * 2);
    else if (ms > 2 * quickMs) this.failed();
  }

  failed(): void {
    this.#bytes = Math.max(chunkBounds.least, this.#bytes / 2);
  }
}

export interface SendOptions {
  client: Pick<AnswerClient, 'uploaded' | 'send'>;
  pace: Pace;
  now: () => number;
  /** 0 to 1. */
  onProgress(share: number): void;
}

/** Sends what is missing of a picture, chunk by chunk, from where it was broken off. Throws `AnswerError`. */
export const sendPicture = async (
  { client, pace, now, onProgress }: SendOptions,
  { id, when, bytes }: ChosenPicture,
): Promise<void> => {
  const upload = { id, when, sizeBytes: bytes.size };
  let { offset } = await client.uploaded(upload);
  for (;;) {
    onProgress(offset / bytes.size);
    const startedAt = now();
    const told = await trySend(client, upload, offset, bytes.slice(offset, offset + pace.bytes), pace);
    if (told.picture) return;
    if (told.offset > offset) pace.took(now() - startedAt);
    offset = told.offset;
  }
};

/** Where to go on, also when the site says that it is elsewhere: the answer to a chunk may have been lost. */
const trySend = async (
  client: SendOptions['client'],
  upload: { id: string; when: ChosenPicture['when']; sizeBytes: number },
  offset: number,
  chunk: Blob,
  pace: Pace,
): Promise<UploadData> => {
  try {
    return await client.send(upload, offset, chunk);
  } catch (error) {
    pace.failed();
    if (error instanceof AnswerError && error.code === 'upload-moved') return client.uploaded(upload);
    throw error;
  }
};
