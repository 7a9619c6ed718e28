/** What is needed of a `SourceBuffer`. */
export interface MediaSink {
  readonly updating: boolean;
  readonly buffered: Pick<TimeRanges, 'length' | 'start' | 'end'>;
  appendBuffer(bytes: ArrayBuffer): void;
  remove(from: number, to: number): void;
  addEventListener(type: 'updateend', listener: () => void): void;
}

/** Two seconds of the heaviest camera; a player that is further behind than that begins anew. */
export const maxWaitingBytes = 8 * 1024 ** 2;
/** What lies behind the picture is of no use: nobody goes back in a live picture. */
const keptSeconds = 6;
const trimmedSeconds = 3;

const join = (parts: readonly ArrayBuffer[]): ArrayBuffer => {
  const [only] = parts;
  if (only && parts.length === 1) return only;
  const whole = new Uint8Array(parts.reduce((sum, { byteLength }) => sum + byteLength, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(new Uint8Array(part), at);
    at += part.byteLength;
  }
  return whole.buffer;
};

/**
 * Gives a player its bytes in order and takes away what was shown. Bounded. An append has its price however small it is:
 * what has come meanwhile goes in one, so that a busy browser does not fall behind by as many turns as there are pictures.
 */
export class AppendQueue {
  readonly #sink: MediaSink;
  readonly #shownAt: () => number;
  readonly #onBroken: () => void;
  #waiting: ArrayBuffer[] = [];
  #waitingBytes = 0;
  #isBroken = false;

  /** `shownAt`: media time of the picture that is shown. `onBroken` is called once: it takes nothing any more. */
  constructor(sink: MediaSink, shownAt: () => number, onBroken: () => void) {
    this.#sink = sink;
    this.#shownAt = shownAt;
    this.#onBroken = onBroken;
    sink.addEventListener('updateend', () => this.#next());
  }

  get waitingBytes(): number {
    return this.#waitingBytes;
  }

  put(bytes: ArrayBuffer): void {
    if (this.#isBroken) return;
    this.#waiting.push(bytes);
    this.#waitingBytes += bytes.byteLength;
    if (this.#waitingBytes > maxWaitingBytes) this.#break();
    else this.#next();
  }

  close(): void {
    this.#isBroken = true;
    this.#waiting = [];
    this.#waitingBytes = 0;
  }

  #next(): void {
    if (this.#isBroken || this.#sink.updating) return;
    try {
      if (this.#trim()) return;
      if (this.#waiting.length === 0) return;
      const bytes = join(this.#waiting);
      this.#waiting = [];
      this.#waitingBytes = 0;
      this.#sink.appendBuffer(bytes);
    } catch {
      this.#break(); // the player was taken away, or has no room
    }
  }

  #trim(): boolean {
    const { buffered } = this.#sink;
    if (buffered.length === 0) return false;
    const end = this.#shownAt() - trimmedSeconds;
    if (buffered.start(0) >= this.#shownAt() - keptSeconds || end <= buffered.start(0)) return false;
    this.#sink.remove(buffered.start(0), end);
    return true;
  }

  #break(): void {
    this.close();
    this.#onBroken();
  }
}
