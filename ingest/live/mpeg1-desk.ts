import { availableParallelism } from 'node:os';
import type { Metrics } from '../../core/metrics.ts';
import type { Clock } from '../../core/runtime/clock.ts';
import type { LiveChunk, LiveViewer } from '../../core/stages.ts';
import { EncodeWait } from './encode-wait.ts';
import { liveError } from './errors.ts';
import { type Mpeg1Encoder, type Mpeg1Kind, startMpeg1 } from './mpeg1-muxer.ts';
import { TransportTimes } from './transport-times.ts';

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

/** Each decodes and encodes a camera of 640 × 480: 5.5 % of a core, 4 % when it is one of several. */
export const maxEncoders = 4;
const startMs = 10_000;
/** FFmpeg decodes in a thread a core and one, at most 16, and each holds a picture; two more are in its filters. */
const heldPictures = Math.min(16, availableParallelism() + 1) + 2;

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
    const isSmall = this.#open > 0;
    this.#count(1);
    return new Mpeg1Viewer({ ...this.#deps, isSmall }, sink, () => this.#count(-1));
  }

  #count(by: number): void {
    this.#open += by;
    this.#deps.metrics.gauge('xueliang_live_encoders', 'Live streams that are encoded anew', this.#open);
  }
}

class Mpeg1Viewer implements LiveViewer {
  readonly #deps: Mpeg1DeskDeps & Mpeg1Kind;
  readonly #sink: Mpeg1Sink;
  readonly #onClosed: () => void;
  readonly #closing = new AbortController();
  #start: Extract<LiveChunk, { type: 'start' }> | undefined;
  #encoder: Mpeg1Encoder | undefined;
  #wait: EncodeWait | undefined;
  #hasPictures = false;

  constructor(deps: Mpeg1DeskDeps & Mpeg1Kind, sink: Mpeg1Sink, onClosed: () => void) {
    this.#deps = deps;
    this.#sink = sink;
    this.#onClosed = onClosed;
    void this.#watchStart();
  }

  /** As if it took nothing, while the encoder is late: what comes then is not queued for it. */
  get bufferedBytes(): number {
    if (this.#wait?.isLate) return Number.POSITIVE_INFINITY;
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
    this.#wait?.given(chunk.mediaSeconds);
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
    const times = new TransportTimes();
    const wait = new EncodeWait(this.#deps.clock, heldPictures);
    this.#wait = wait;
    const encoder: Mpeg1Encoder = (this.#deps.start ?? startMpeg1)(
      { isSmall: this.#deps.isSmall },
      (bytes) => {
        if (!isMine()) return;
        for (const seconds of times.read(bytes)) wait.out(seconds);
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
    this.#wait = undefined;
  }

  async #watchStart(): Promise<void> {
    await this.#deps.clock.sleep(startMs, this.#closing.signal).catch(() => undefined);
    if (!this.#hasPictures)
      this.end(`mpeg1-late: no picture was encoded within ${startMs / 1000} s; come back`);
  }
}
