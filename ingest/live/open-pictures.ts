import { type AppError, toAppError } from '../../core/errors.ts';
import type { Clock } from '../../core/runtime/clock.ts';
import type { LivePicture } from '../../core/stages.ts';
import { liveError } from './errors.ts';

/** What a camera thread answers: errors do not cross threads whole. */
export type PictureAnswer = LivePicture | { code: 'camera-dark' | 'picture-failed'; message: string };

/** Never rejects. */
export const toPictureAnswer = (taking: Promise<LivePicture>): Promise<PictureAnswer> =>
  taking.catch((error: unknown): PictureAnswer => {
    const { code, message } = toAppError(error);
    return { code: code === 'camera-dark' ? code : 'picture-failed', message };
  });

/** Decoding has eight seconds; a thread that is silent for longer is stuck. */
const answerMs = 10_000;
/** Decodings of one thread under way: each takes a thread of the pool from the cameras. */
const maxOpen = 4;

/** Pictures that a camera thread was asked for. Each is settled: by the picture, in time, or with the thread. */
export class OpenPictures {
  readonly #clock: Clock;
  readonly #open = new Map<number, (answer: PictureAnswer) => void>();
  #tickets = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Throws `camera-dark`, `picture-failed` or `picture-busy`. */
  async ask(post: (ticket: number) => void): Promise<LivePicture> {
    if (this.#open.size >= maxOpen) throw busy();
    const ticket = ++this.#tickets;
    const over = new AbortController();
    const answered = new Promise<PictureAnswer>((resolve) => this.#open.set(ticket, resolve));
    post(ticket);
    const answer = await Promise.race([answered, this.#clock.sleep(answerMs, over.signal).then(() => late)]);
    over.abort();
    this.#open.delete(ticket);
    if ('code' in answer) throw liveError(answer.code, answer.message);
    return answer;
  }

  came(ticket: number, answer: PictureAnswer): void {
    this.#open.get(ticket)?.(answer);
  }

  lost(): void {
    for (const settle of this.#open.values()) settle(lost);
  }
}

const late: PictureAnswer = { code: 'picture-failed', message: 'the picture was not made in time' };
const lost: PictureAnswer = { code: 'picture-failed', message: "the camera's thread was lost" };

export const busy = (): AppError =>
  liveError('picture-busy', 'too many pictures are being asked for; ask again in a moment', {
    retryAfterSeconds: 1,
  });
