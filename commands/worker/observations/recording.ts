import { ObservationEncoder } from '../../../core/observations/encoder.ts';
import type { ObservationChunk } from '../../../core/schema/observation-chunk.ts';
import type { ObservedFrame } from '../../../core/stages.ts';

type Facts = Pick<ObservationChunk, 'cameraId' | 'place' | 'runAt'>;

/**
 * A chunk is closed after this long: what a killed worker loses of a camera is no more. Where nothing is seen it may take
 * longer, for the envelope is larger than such a minute.
 */
const longestMs = 60_000;
const longestEmptyMs = 300_000;
/** And at this size, which no camera of a village reaches in a minute. */
const fullBytes = 32 * 1024;

/** One run of watching one camera, from taking it up to letting it go, chunk by chunk. */
export class Recording {
  readonly #encoder = new ObservationEncoder();
  readonly #watchedUntil: number | undefined;
  #facts: Facts;
  #settings: ObservationChunk['settings'];
  #number = 0;
  /** Of the first and the last frame in the open chunk. */
  #from: number | undefined;
  #to: number;
  #openedAt = 0;
  #tickedAt: number | undefined;
  #hasTracks = false;

  constructor(
    init: Facts & {
      settings: ObservationChunk['settings'];
      watchedUntil: number | undefined;
      tickedAt: number | undefined;
    },
  ) {
    const { settings, watchedUntil, tickedAt, ...facts } = init;
    this.#facts = facts;
    this.#settings = settings;
    this.#watchedUntil = watchedUntil;
    this.#tickedAt = tickedAt;
    this.#to = facts.runAt;
  }

  get isFull(): boolean {
    return (
      this.#encoder.sizeBytes >= fullBytes ||
      (this.#from !== undefined && this.#to - this.#from >= this.#longestMs)
    );
  }

  /** Whether what is open has been for as long as a chunk may; by a clock that never goes back. */
  isDue(monotonicMs: number): boolean {
    return this.#encoder.looks > 0 && monotonicMs - this.#openedAt >= this.#longestMs;
  }

  /** `tickedAt`: when the scenarios last looked at the clock, whether or not it was since the look before. */
  look(frame: ObservedFrame, tickedAt: number | undefined, monotonicMs: number): void {
    const hasTicked = tickedAt !== this.#tickedAt;
    this.#tickedAt = tickedAt;
    this.#encoder.look(frame, hasTicked ? tickedAt : undefined);
    this.#to = Math.max(0, frame.receivedAt);
    this.#hasTracks ||= frame.tracks.length > 0;
    if (this.#from !== undefined) return;
    this.#from = this.#to;
    this.#openedAt = monotonicMs;
  }

  interrupt(): void {
    this.#encoder.interrupt();
  }

  /** A frame was looked at that cannot be stored: a number is left out, so that the gap is seen. */
  skip(): ObservationChunk | undefined {
    const chunk = this.close();
    this.#number++;
    return chunk;
  }

  /** Takes over changed settings; gives what was seen under those before. */
  change(place: string, settings: ObservationChunk['settings']): ObservationChunk | undefined {
    const isSame = place === this.#facts.place && JSON.stringify(settings) === JSON.stringify(this.#settings);
    const chunk = isSame ? undefined : this.close();
    this.#facts = { ...this.#facts, place };
    this.#settings = settings;
    return chunk;
  }

  /** Gives what is open and begins anew; nothing when there is nothing. */
  close(): ObservationChunk | undefined {
    return this.#encoder.isEmpty ? undefined : this.#take(false);
  }

  /** The last chunk, be it empty: it says that the run was not cut off. */
  end(): ObservationChunk {
    return this.#take(true);
  }

  get #longestMs(): number {
    return this.#hasTracks ? longestMs : longestEmptyMs;
  }

  #take(isLast: boolean): ObservationChunk {
    const number = this.#number++;
    const { looks } = this.#encoder;
    const from = this.#from ?? this.#to;
    this.#from = undefined;
    this.#hasTracks = false;
    return {
      ...this.#facts,
      ...{ number, isLast, from, looks },
      to: Math.max(from, this.#to),
      ...(number === 0 && this.#watchedUntil !== undefined ? { watchedUntil: this.#watchedUntil } : {}),
      settings: this.#settings,
      data: Buffer.from(this.#encoder.take()).toString('base64'),
    };
  }
}
