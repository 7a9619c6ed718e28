import type { JsMsg } from '@nats-io/jetstream';

/** What is needed of a message of JetStream. */
export type Holdable = Pick<JsMsg, 'seq' | 'redelivered' | 'ack' | 'nak' | 'working'>;

/** Passes messages in their order once everything that was on its way has come. */
export interface Gate<Message extends Holdable> {
  pass(message: Message): Message[];
  /** Stops waiting. */
  release(): Message[];
}

/** Sequences of which it is remembered that they are done, for an acknowledgement that was lost. */
const maxRemembered = 4096;

/** The messages that a reader has in hand. */
export class HeldMessages {
  readonly #held = new Map<number, Holdable>();
  readonly #done = new Set<number>();

  /** False when it is in hand, or done, already: the server had not heard of it. */
  take(message: Holdable): boolean {
    const { seq } = message;
    if (this.#done.has(seq)) {
      message.ack();
      return false;
    }
    const isNew = !this.#held.has(seq);
    this.#held.set(seq, message);
    return isNew;
  }

  drop(sequence: number): void {
    this.#held.get(sequence)?.ack();
    this.#held.delete(sequence);
    this.#done.add(sequence);
    for (const oldest of this.#done) {
      if (this.#done.size <= maxRemembered) break;
      this.#done.delete(oldest);
    }
  }

  keepAlive(): void {
    for (const message of this.#held.values()) message.working();
  }

  /** The server offers them again at once, in this order. */
  giveBack(): void {
    for (const [, message] of [...this.#held].sort(([a], [b]) => a - b)) message.nak();
    this.#held.clear();
  }

  /**
   * `pending` messages are unacknowledged by the server's count. Those that are not in hand here were a predecessor's or
   * got lost; they come again, and nothing later may overtake them.
   */
  openGate<Message extends Holdable>(pending: number): Gate<Message> {
    const waiting = new Map<number, Message>();
    let missing = Math.max(0, pending - this.#held.size);
    const release = (): Message[] => {
      missing = 0;
      const all = [...waiting].sort(([a], [b]) => a - b).map(([, message]) => message);
      waiting.clear();
      return all;
    };
    return {
      release,
      pass: (message) => {
        if (missing === 0) return [message];
        const isMissing = message.redelivered && !this.#held.has(message.seq) && !waiting.has(message.seq);
        waiting.set(message.seq, message);
        if (isMissing) missing--;
        return missing === 0 ? release() : [];
      },
    };
  }
}
