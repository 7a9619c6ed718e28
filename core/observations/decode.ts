import { type Label, labels } from '../schema/label.ts';
import type { ObservedFrame, Track } from '../stages.ts';
import { ByteReader } from './byte-reader.ts';
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
  type TimeMemory,
  type TrackMemory,
} from './track-memory.ts';

/** What happened to a camera's scenarios: they looked at a frame, or its stream was lost. */
export type Observation =
  | { what: 'look'; frame: ObservedFrame; tickedAt: number | undefined }
  | { what: 'interrupt' };

/** No track id is longer. */
const maxIdBytes = 400;
/** A track takes no less. */
const minTrackBytes = 8;

/** Reads a chunk that an `ObservationEncoder` wrote. Nothing when it is damaged or of another coding; never throws. */
export const decodeObservations = (bytes: Uint8Array, cameraId: string): Observation[] | undefined => {
  const reader = new ByteReader(bytes);
  if (reader.byte() !== codingVersion) return undefined;
  const tracks = new TrackReader(reader);
  const found: Observation[] = [];
  let times = noTimes();
  while (reader.left > 0) {
    const byte = reader.byte();
    if ((byte & op.kind) === op.interrupt) found.push({ what: 'interrupt' });
    else if ((byte & op.kind) === op.look) {
      times = readTimes(reader, times, (byte & op.ticked) !== 0);
      const seen = tracks.read(times.capturedAt);
      if (!seen) return undefined;
      const { capturedAt, receivedAt, ptsUs } = times;
      const clockQuality = (byte & op.arrival) === 0 ? 'rtcp' : 'arrival';
      found.push({
        what: 'look',
        frame: { cameraId, capturedAt, receivedAt, ptsUs, clockQuality, tracks: seen },
        tickedAt: (byte & op.ticked) === 0 ? undefined : times.tickedAt,
      });
    } else return undefined;
    if (reader.isBroken) return undefined;
  }
  return found;
};

const readTimes = (reader: ByteReader, before: TimeMemory, hasTicked: boolean): TimeMemory => {
  const stepMs = reader.signed();
  return {
    capturedAt: before.capturedAt + stepMs,
    receivedAt: before.receivedAt + stepMs + reader.signed(),
    ptsUs: before.ptsUs + expectedStepUs(stepMs) + reader.signed(),
    tickedAt: hasTicked ? before.tickedAt + reader.signed() : before.tickedAt,
  };
};

class TrackReader {
  readonly #reader: ByteReader;
  readonly #known: TrackMemory[] = [];
  readonly #places = new Map<string, number>();

  constructor(reader: ByteReader) {
    this.#reader = reader;
  }

  /** The tracks of one look. */
  read(now: number): Track[] | undefined {
    const count = this.#reader.count();
    if (count * minTrackBytes > this.#reader.left) return undefined;
    const tracks: Track[] = [];
    for (let index = 0; index < count; index++) {
      const track = this.#track(now);
      if (!track || this.#reader.isBroken) return undefined;
      tracks.push(track);
    }
    return tracks;
  }

  #track(now: number): Track | undefined {
    const reader = this.#reader;
    const memory = this.#recall(now);
    if (!memory) return undefined;
    const flags = reader.byte();
    const isSeenNow = (flags & flag.seenNow) !== 0;
    if ((flags & flag.newLabel) !== 0) {
      const label = labels[reader.byte()];
      if (!label) return undefined;
      memory.label = label;
    }
    const odd = (bit: number): number => ((flags & bit) === 0 ? 0 : reader.signed());
    memory.hits = expectedHits(memory, isSeenNow) + odd(flag.oddHits);
    const seenAt = expectedSeenAt(memory, isSeenNow, now) + odd(flag.oddSeen);
    memory.stillMs = expectedStill(memory, isSeenNow, now) + odd(flag.oddStill);
    memory.seenAt = seenAt;
    return this.#toTrack(memory, flags);
  }

  #toTrack(memory: TrackMemory, flags: number): Track {
    const reader = this.#reader;
    memory.x += reader.signed();
    memory.y += reader.signed();
    memory.w += reader.signed();
    memory.h += reader.signed();
    memory.score += reader.signed();
    const { trackId, label, startedAt, seenAt, hits, stillMs, x, y, w, h, score } = memory;
    return {
      trackId,
      label,
      score: score / scoreSteps,
      box: { x: x / boxSteps, y: y / boxSteps, w: w / boxSteps, h: h / boxSteps },
      startedAt,
      seenAt,
      hits,
      isConfirmed: (flags & flag.confirmed) !== 0,
      isSeenNow: (flags & flag.seenNow) !== 0,
      stoodAtStart: (flags & flag.stoodAtStart) !== 0,
      stillMs,
      speed: reader.count() / speedSteps,
    };
  }

  #recall(now: number): TrackMemory | undefined {
    const which = this.#reader.count();
    if (which > 0) return this.#known[which - 1];
    const trackId = this.#reader.text(maxIdBytes);
    const label: Label | undefined = labels[this.#reader.byte()];
    if (!label) return undefined;
    const memory = rememberNew(trackId, label, now - this.#reader.signed(), now);
    const place = this.#places.get(trackId) ?? this.#known.length;
    this.#places.set(trackId, place);
    this.#known[place] = memory;
    return memory;
  }
}
