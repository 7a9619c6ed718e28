import type { Clock } from '../../core/runtime/clock.ts';
import type { CameraRecord } from '../../core/stages.ts';

/** A thread answers between two packets; one that takes longer is stuck, and that too is an answer. */
const answerMs = 1000;
/** People and screens ask; more at a time is a fault of the asker. */
const maxOpen = 64;

/** Questions to a camera thread about a camera's last minutes. Each is settled: by the answer, in time, or with the thread. */
export class OpenExplanations {
  readonly #clock: Clock;
  readonly #open = new Map<number, (record: CameraRecord | undefined) => void>();
  #tickets = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Resolves with the answer, or with nothing when none came in time or too many wait. */
  async ask(post: (ticket: number) => void): Promise<CameraRecord | undefined> {
    if (this.#open.size >= maxOpen) return undefined;
    const ticket = ++this.#tickets;
    const over = new AbortController();
    const answered = new Promise<CameraRecord | undefined>((resolve) => this.#open.set(ticket, resolve));
    post(ticket);
    const record = await Promise.race([
      answered,
      this.#clock.sleep(answerMs, over.signal).then(() => undefined),
    ]);
    over.abort();
    this.#open.delete(ticket);
    return record;
  }

  came(ticket: number, record: CameraRecord | undefined): void {
    this.#open.get(ticket)?.(record);
  }

  /** No answer will come any more. */
  lost(): void {
    for (const settle of this.#open.values()) settle(undefined);
  }
}
