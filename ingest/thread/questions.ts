import type { FromCameraThread, ThreadQuestion } from './messages.ts';

/** Questions of a camera thread that wait for the main thread's answer: as many as cameras and clips wait for one. */
export class Questions {
  readonly #post: (message: FromCameraThread) => void;
  readonly #waiting = new Map<number, (isYes: boolean) => void>();
  #tickets = 0;

  constructor(post: (message: FromCameraThread) => void) {
    this.#post = post;
  }

  /** Resolves with the answer, or with no when `signal` aborts. */
  ask(question: ThreadQuestion, signal?: AbortSignal): Promise<boolean> {
    if (signal?.aborted) return Promise.resolve(false);
    const ticket = ++this.#tickets;
    return new Promise((resolve) => {
      const giveUp = (): void => {
        this.#post({ type: 'ask-no-more', ticket });
        this.answer(ticket, false);
      };
      this.#waiting.set(ticket, (isYes) => {
        signal?.removeEventListener('abort', giveUp);
        resolve(isYes);
      });
      signal?.addEventListener('abort', giveUp, { once: true });
      this.#post({ type: 'ask', ticket, question });
    });
  }

  answer(ticket: number, isYes: boolean): void {
    const settle = this.#waiting.get(ticket);
    this.#waiting.delete(ticket);
    settle?.(isYes);
  }
}
