import type { Metrics } from '../../core/metrics.ts';
import type { Clock } from '../../core/runtime/clock.ts';
import type { LiveChunk, LiveViewer } from '../../core/stages.ts';
import { liveError } from './errors.ts';
import { type Mpeg1Encoder, startMpeg1 } from './mpeg1-muxer.ts';

/** Where a viewer's MPEG-1 goes. */
export interface Mpeg1Sink {
  /** Bytes it was given and has not taken. */
  readonly bufferedBytes: number;
  /** The pictures that follow; `mediaSeconds`: where the first of them is in the camera's stream. */
  start(start: Mpeg1Start): void;
  bytes(bytes: Buffer): void;
  end(reason: string): void;
}

export type Mpeg1Start = Omit<Extract<LiveChunk, { type: 'start' }>, 'type' | 'init'> & {
  mediaSeconds: number;
};

export interface Mpeg1DeskDeps {
  clock: Clock;
  metrics: Metrics;
  /** A scripted one for tests. */
  start?: typeof startMpeg1;
}

/** Each decodes and encodes a camera: about a fifth of a core at 640 × 480. */
export const maxEncoders = 4;
const startMs = 10_000;

/** Cameras for viewers that cannot play their codec, encoded anew: a few at once, each as long as its viewer looks. */
export class Mpeg1Desk {
  readonly #deps: Mpeg1DeskDeps;
  #open = 0;

  constructor(deps: Mpeg1DeskDeps) {
    this.#deps = deps;
  }

  /** A viewer that encodes for `sink`; `close` when that has gone. Throws `mpeg1-full`. */
  viewer(sink: Mpeg1Sink): LiveViewer & { close(): void } {
    if (this.#open >= maxEncoders)
      throw liveError(
        'mpeg1-full',
        `${maxEncoders} streams are being encoded for browsers that cannot play them; close one, or use a browser that plays H.265`,
      );
    this.#count(1);
    return new Mpeg1Viewer(this.#deps, sink, () => this.#count(-1));
  }

  #count(by: number): void {
    this.#open += by;
    this.#deps.metrics.gauge('xueliang_live_encoders', 'Live streams that are encoded anew', this.#open);
  }
}

class Mpeg1Viewer implements LiveViewer {
  readonly #deps: Mpeg1DeskDeps;
  readonly #sink: Mpeg1Sink;
  readonly #onClosed: () => void;
  readonly #closing = new AbortController();
  #start: Extract<LiveChunk, { type: 'start' }> | undefined;
  #encoder: Mpeg1Encoder | undefined;
  #hasPictures = false;

  constructor(deps: Mpeg1DeskDeps, sink: Mpeg1Sink, onClosed: () => void) {
    this.#deps = deps;
    this.#sink = sink;
    this.#onClosed = onClosed;
    void this.#watchStart();
  }

  get bufferedBytes(): number {
    return this.#sink.bufferedBytes + (this.#encoder?.waitingBytes ?? 0);
  }

  take(chunk: LiveChunk): void {
    if (this.#closing.signal.aborted) return;
    if (chunk.type === 'start') {
      this.#start = chunk;
      this.#drop();
      return;
    }
    this.#encoder ??= this.#begin(chunk.mediaSeconds);
    this.#encoder?.write(chunk.bytes);
  }

  end(reason: string): void {
    if (this.#closing.signal.aborted) return;
    this.close();
    this.#sink.end(reason);
  }

  close(): void {
    if (this.#closing.signal.aborted) return;
    this.#closing.abort();
    this.#drop();
    this.#onClosed();
  }

  #begin(mediaSeconds: number): Mpeg1Encoder | undefined {
    if (!this.#start) return undefined;
    const { type: _, init, ...facts } = this.#start;
    this.#sink.start({ ...facts, mediaSeconds });
    const isMine = (): boolean => this.#encoder === encoder && !this.#closing.signal.aborted;
    const encoder: Mpeg1Encoder = (this.#deps.start ?? startMpeg1)(
      (bytes) => {
        if (!isMine()) return;
        this.#hasPictures = true;
        this.#sink.bytes(bytes);
      },
      (why) => {
        if (isMine()) this.end(`mpeg1-ended: ${why}; come back`);
      },
    );
    encoder.write(init);
    return encoder;
  }

  #drop(): void {
    this.#encoder?.close();
    this.#encoder = undefined;
  }

  async #watchStart(): Promise<void> {
    await this.#deps.clock.sleep(startMs, this.#closing.signal).catch(() => undefined);
    if (!this.#hasPictures)
      this.end(`mpeg1-late: no picture was encoded within ${startMs / 1000} s; come back`);
  }
}
