import type { EncodedPacket } from '../ring/encoded-packet.ts';

/** Somebody's wish that packets from `startUs` on are kept. */
export interface TapeHold {
  release(): void;
}

/**
 * The packets that unfinished evidence of one camera needs, held beyond their time in the ring.
 * However many alerts overlap, each packet is on the tape once; what no hold reaches back to is let go.
 */
export class PacketTape {
  readonly #onBytes: (delta: number) => void;
  readonly #holds = new Map<TapeHold, number>();
  #held: EncodedPacket[] = [];
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

  /**
   * Takes in what the ring holds; what is on the tape already is not taken twice. Nothing is appended between two requests of
   * which the first has all it needs, so that what is taken in may belong before, between and behind what is there.
   */
  extend(packets: readonly EncodedPacket[]): void {
    const known = new Set(this.#held.map(({ dtsUs }) => dtsUs));
    const missing = packets.filter(({ dtsUs }) => !known.has(dtsUs));
    for (const packet of missing) packet.memory?.hold();
    this.#held = [...this.#held, ...missing].sort((one, other) => one.dtsUs - other.dtsUs);
    this.#count(bytesOf(missing));
  }

  append(packet: EncodedPacket): void {
    if (this.#held.at(-1)?.dtsUs === packet.dtsUs) return;
    packet.memory?.hold();
    this.#held.push(packet);
    this.#count(packet.data.length);
  }

  /** From the last keyframe at or before `fromUs` (else the first one held) up to and including `toUs`. */
  span(fromUs: number, toUs: number): readonly EncodedPacket[] {
    const end = this.#held.findLastIndex(({ ptsUs }) => ptsUs <= toUs) + 1;
    return this.#held.slice(this.#keyframeIndex(fromUs), end);
  }

  #keyframeIndex(fromUs: number): number {
    const before = this.#held.findLastIndex(({ isKeyframe, ptsUs }) => isKeyframe && ptsUs <= fromUs);
    return before >= 0
      ? before
      : Math.max(
          0,
          this.#held.findIndex(({ isKeyframe }) => isKeyframe),
        );
  }

  #trim(): void {
    const isFree = this.#holds.size === 0;
    const keepFrom = isFree ? this.#held.length : this.#keyframeIndex(Math.min(...this.#holds.values()));
    const gone = this.#held.splice(0, keepFrom);
    this.#count(-bytesOf(gone));
    for (const packet of gone) packet.memory?.release();
  }

  #count(delta: number): void {
    this.#bytes += delta;
    this.#onBytes(delta);
  }
}

const bytesOf = (packets: readonly EncodedPacket[]): number =>
  packets.reduce((sum, { data }) => sum + data.length, 0);
