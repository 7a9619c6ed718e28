/** An encoded packet with the times that belong to it. `packet` is freed by the ring when it falls out. */
export interface RingPacket<P> {
  packet: P;
  /** Stream time in microseconds, made continuous over reconnects and wrap-arounds. */
  ptsUs: number;
  dtsUs: number;
  isKeyframe: boolean;
  sizeBytes: number;
  capturedAt: number;
  receivedAt: number;
}

export interface PacketRingLimits {
  maxBytes: number;
  maxSeconds: number;
}

/**
 * The last encoded packets of one camera, bounded by bytes and by seconds. Whole GOPs fall out at the old end, so
 * what is left begins with a keyframe and can be decoded; a single GOP beyond the byte limit is dropped whole,
 * because a GOP without its beginning is of no use to anybody.
 */
export class PacketRing<P extends { free(): void }> {
  readonly #limits: PacketRingLimits;
  #packets: RingPacket<P>[] = [];
  #bytes = 0;
  #evicted = 0;

  constructor(limits: PacketRingLimits) {
    this.#limits = limits;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get seconds(): number {
    const first = this.#packets[0];
    const last = this.#packets.at(-1);
    return first && last ? Math.max(0, last.ptsUs - first.ptsUs) / 1e6 : 0;
  }

  /** Packets that fell out so far. */
  get evicted(): number {
    return this.#evicted;
  }

  get latest(): RingPacket<P> | undefined {
    return this.#packets.at(-1);
  }

  /**
   * Takes the packet over and says whether it is held now. One that is not has been freed: it came before the first
   * keyframe, or its GOP has outgrown the ring.
   */
  push(entry: RingPacket<P>): boolean {
    if (this.#packets.length === 0 && !entry.isKeyframe) {
      entry.packet.free();
      return false;
    }
    this.#packets.push(entry);
    this.#bytes += entry.sizeBytes;
    while (this.#isOver() && this.#dropOldestGop()) {}
    return this.latest === entry;
  }

  /**
   * The packets from the last keyframe at or before `fromUs` up to and including `toUs`, in the order received;
   * begins with the oldest keyframe held when `fromUs` is older, and is the open GOP when `fromUs` is still to come.
   * Empty when all that is held is later than `toUs`.
   */
  span(fromUs: number, toUs: number): readonly RingPacket<P>[] {
    let start = 0;
    let end = 0;
    for (const [index, entry] of this.#packets.entries()) {
      if (entry.isKeyframe && entry.ptsUs <= fromUs) start = index;
      if (entry.ptsUs <= toUs) end = index + 1;
    }
    return this.#packets.slice(start, end);
  }

  /** The open GOP: the latest keyframe and all after it. */
  openGop(): readonly RingPacket<P>[] {
    const start = this.#packets.findLastIndex((entry) => entry.isKeyframe);
    return start < 0 ? [] : this.#packets.slice(start);
  }

  /** Frees everything, as after a change of codec parameters or at the end. */
  clear(): void {
    for (const entry of this.#packets) entry.packet.free();
    this.#evicted += this.#packets.length;
    this.#packets = [];
    this.#bytes = 0;
  }

  #isOver(): boolean {
    return this.#bytes > this.#limits.maxBytes || this.seconds > this.#limits.maxSeconds;
  }

  #dropOldestGop(): boolean {
    const next = this.#packets.findIndex((entry, index) => index > 0 && entry.isKeyframe);
    if (next < 0 && this.#bytes <= this.#limits.maxBytes) return false;
    const gone = this.#packets.splice(0, next < 0 ? this.#packets.length : next);
    for (const entry of gone) {
      this.#bytes -= entry.sizeBytes;
      entry.packet.free();
    }
    this.#evicted += gone.length;
    return gone.length > 0;
  }
}
