import type { RingPacket } from '../ring/packet-ring.ts';

/** A packet whose bytes can be shared by another reference. */
export interface SharedPacket<P> {
  clone(): P | null;
  free(): void;
}

/** Somebody's wish that packets from `startUs` on are kept. */
export interface TapeHold {
  release(): void;
}

interface Held<P> {
  source: RingPacket<P>;
  entry: RingPacket<P>;
}

/**
 * References to the packets that unfinished evidence of one camera needs, kept beyond their time in the ring.
 * However many alerts overlap, each packet is on the tape once; what no hold reaches back to is freed.
 */
export class PacketTape<P extends SharedPacket<P>> {
  readonly #onBytes: (delta: number) => void;
  readonly #holds = new Map<TapeHold, number>();
  #held: Held<P>[] = [];
  #bytes = 0;

  constructor(onBytes: (delta: number) => void = () => undefined) {
    this.#onBytes = onBytes;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get length(): number {
    return this.#held.length;
  }

  hold(startUs: number): TapeHold {
    const hold: TapeHold = {
      release: () => {
        if (this.#holds.delete(hold)) this.#trim();
      },
    };
    this.#holds.set(hold, startUs);
    return hold;
  }

  /** Takes in what the ring holds, given in the ring's order; what is on the tape already is not taken twice. */
  extend(entries: readonly RingPacket<P>[]): void {
    const known = new Set(this.#held.map((held) => held.source));
    const firstKnown = entries.findIndex((entry) => known.has(entry));
    const older = firstKnown < 0 ? [] : entries.slice(0, firstKnown);
    const newer = entries.slice(Math.max(0, firstKnown)).filter((entry) => !known.has(entry));
    this.#held = [...this.#take(older), ...this.#held, ...this.#take(newer)];
  }

  append(entry: RingPacket<P>): void {
    if (this.#held.at(-1)?.source === entry) return;
    this.#held.push(...this.#take([entry]));
  }

  /** From the last keyframe at or before `fromUs` (else the first one held) up to and including `toUs`. */
  span(fromUs: number, toUs: number): readonly RingPacket<P>[] {
    const end = this.#held.findLastIndex(({ entry }) => entry.ptsUs <= toUs) + 1;
    return this.#held.slice(this.#keyframeIndex(fromUs), end).map(({ entry }) => entry);
  }

  #keyframeIndex(fromUs: number): number {
    const before = this.#held.findLastIndex(({ entry }) => entry.isKeyframe && entry.ptsUs <= fromUs);
    return before >= 0
      ? before
      : Math.max(
          0,
          this.#held.findIndex(({ entry }) => entry.isKeyframe),
        );
  }

  #take(entries: readonly RingPacket<P>[]): Held<P>[] {
    return entries.flatMap((source) => {
      const packet = source.packet.clone();
      if (!packet) return [];
      this.#count(source.sizeBytes);
      return [{ source, entry: { ...source, packet } }];
    });
  }

  #trim(): void {
    const isFree = this.#holds.size === 0;
    const keepFrom = isFree ? this.#held.length : this.#keyframeIndex(Math.min(...this.#holds.values()));
    for (const { entry } of this.#held.splice(0, keepFrom)) {
      entry.packet.free();
      this.#count(-entry.sizeBytes);
    }
  }

  #count(delta: number): void {
    this.#bytes += delta;
    this.#onBytes(delta);
  }
}
