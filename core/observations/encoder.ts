import { labels } from '../schema/label.ts';
import type { ObservedFrame, Track } from '../stages.ts';
import { ByteWriter } from './byte-writer.ts';
import { boxSteps, scoreSteps, speedSteps } from './grid.ts';
import {
  codingVersion,
  expectedHits,
  expectedSeenAt,
  expectedStepUs,
  expectedStill,
  flag,
  noTimes,
  op,
  rememberNew,
  type TrackMemory,
} from './track-memory.ts';

/**
 * Writes one camera's looks, which must be on the grid, as bytes: times and boxes as differences from the look before,
 * and of a track only what is not as expected. Each chunk can be read alone.
 */
export class ObservationEncoder {
  readonly #writer = new ByteWriter();
  #times = noTimes();
  /** By id, with the place in the order in which they came. */
  #tracks = new Map<string, { index: number; memory: TrackMemory }>();
  #looks = 0;

  get sizeBytes(): number {
    return this.#writer.length;
  }

  get looks(): number {
    return this.#looks;
  }

  get isEmpty(): boolean {
    return this.#writer.length === 0;
  }

  /** `tickedAt`: when the scenarios last looked at the clock, if they have since the look before. */
  look(frame: ObservedFrame, tickedAt: number | undefined): void {
    this.#begin();
    const { capturedAt, receivedAt, ptsUs, tracks } = frame;
    const times = this.#times;
    const writer = this.#writer;
    const arrival = frame.clockQuality === 'arrival' ? op.arrival : 0;
    writer.byte(op.look | arrival | (tickedAt === undefined ? 0 : op.ticked));
    const stepMs = capturedAt - times.capturedAt;
    writer.signed(stepMs);
    writer.signed(receivedAt - times.receivedAt - stepMs);
    writer.signed(ptsUs - times.ptsUs - expectedStepUs(stepMs));
    if (tickedAt !== undefined) writer.signed(tickedAt - times.tickedAt);
    this.#times = { capturedAt, receivedAt, ptsUs, tickedAt: tickedAt ?? times.tickedAt };
    writer.count(tracks.length);
    for (const track of tracks) this.#track(track, capturedAt);
    this.#looks++;
  }

  interrupt(): void {
    this.#begin();
    this.#writer.byte(op.interrupt);
  }

  /** The chunk; begins a new one. */
  take(): Uint8Array {
    this.#begin();
    this.#times = noTimes();
    this.#tracks = new Map();
    this.#looks = 0;
    return this.#writer.take();
  }

  #begin(): void {
    if (this.isEmpty) this.#writer.byte(codingVersion);
  }

  #track(track: Track, now: number): void {
    const writer = this.#writer;
    const memory = this.#recall(track, now);
    const { isSeenNow } = track;
    const hits = track.hits - expectedHits(memory, isSeenNow);
    const seen = track.seenAt - expectedSeenAt(memory, isSeenNow, now);
    const still = track.stillMs - expectedStill(memory, isSeenNow, now);
    const isNewLabel = track.label !== memory.label;
    writer.byte(
      (track.isConfirmed ? flag.confirmed : 0) |
        (isSeenNow ? flag.seenNow : 0) |
        (track.stoodAtStart ? flag.stoodAtStart : 0) |
        (isNewLabel ? flag.newLabel : 0) |
        (hits === 0 ? 0 : flag.oddHits) |
        (still === 0 ? 0 : flag.oddStill) |
        (seen === 0 ? 0 : flag.oddSeen),
    );
    if (isNewLabel) writer.byte(labels.indexOf(track.label));
    if (hits !== 0) writer.signed(hits);
    if (seen !== 0) writer.signed(seen);
    if (still !== 0) writer.signed(still);
    this.#box(track, memory);
    memory.label = track.label;
    memory.hits = track.hits;
    memory.seenAt = track.seenAt;
    memory.stillMs = track.stillMs;
  }

  #box({ box, score, speed }: Track, memory: TrackMemory): void {
    const writer = this.#writer;
    const x = Math.round(box.x * boxSteps);
    const y = Math.round(box.y * boxSteps);
    const w = Math.round(box.w * boxSteps);
    const h = Math.round(box.h * boxSteps);
    const scored = Math.round(score * scoreSteps);
    writer.signed(x - memory.x);
    writer.signed(y - memory.y);
    writer.signed(w - memory.w);
    writer.signed(h - memory.h);
    writer.signed(scored - memory.score);
    writer.count(Math.round(speed * speedSteps));
    memory.x = x;
    memory.y = y;
    memory.w = w;
    memory.h = h;
    memory.score = scored;
  }

  #recall({ trackId, label, startedAt }: Track, now: number): TrackMemory {
    const known = this.#tracks.get(trackId);
    if (known && known.memory.startedAt === startedAt) {
      this.#writer.count(known.index + 1);
      return known.memory;
    }
    const memory = rememberNew(trackId, label, startedAt, now);
    this.#tracks.set(trackId, { index: known?.index ?? this.#tracks.size, memory });
    this.#writer.count(0);
    this.#writer.text(trackId);
    this.#writer.byte(labels.indexOf(label));
    this.#writer.signed(now - startedAt);
    return memory;
  }
}
