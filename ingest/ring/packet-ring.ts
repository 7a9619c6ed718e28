import type { EncodedPacket } from './encoded-packet.ts';

export interface PacketRingLimits {
  maxBytes: number;
  /** At least so much is held where the bytes allow: a GOP falls out when those after it are enough. */
  keepSeconds: number;
}

/**
 * The last encoded packets of one camera, bounded by bytes, and by seconds and a GOP. Whole GOPs fall out at the old
 * end, so what is left begins with a keyframe and can be decoded; a single GOP beyond the byte limit is dropped whole,
 * because a GOP without its beginning is of no use to anybody. What falls out is released.
 */
export class PacketRing {
  readonly #limits: PacketRingLimits;
  #packets: EncodedPacket[] = [];
  /** Where the second GOP begins; -1 while there is one. */
  #secondGop = -1;
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

  get latest(): EncodedPacket | undefined {
    return this.#packets.at(-1);
  }

  /**
   * Takes the packet in and says whether it is held now: not one before the first keyframe, nor one whose GOP has
   * outgrown the ring. A packet of another coding than those before is the first of a new ring. The hold on a packet's
   * memory that its reader was given is the ring's from here on.
   */
  push(packet: EncodedPacket): boolean {
    if (this.latest && this.latest.coding !== packet.coding) this.clear();
    if (this.#packets.length === 0 && !packet.isKeyframe) {
      packet.memory?.release();
      return false;
    }
    if (packet.isKeyframe && this.#secondGop < 0 && this.#packets.length > 0)
      this.#secondGop = this.#packets.length;
    this.#packets.push(packet);
    this.#bytes += packet.data.length;
    while (this.#hasEnoughWithoutOldest() || this.#bytes > this.#limits.maxBytes) this.#dropOldestGop();
    return this.latest === packet;
  }

  /**
   * The packets from the last keyframe at or before `fromUs` up to and including `toUs`, in the order received;
   * begins with the oldest keyframe held when `fromUs` is older, and is the open GOP when `fromUs` is still to come.
   * Empty when all that is held is later than `toUs`.
   */
  span(fromUs: number, toUs: number): readonly EncodedPacket[] {
    let start = 0;
    let end = 0;
    for (const [index, packet] of this.#packets.entries()) {
      if (packet.isKeyframe && packet.ptsUs <= fromUs) start = index;
      if (packet.ptsUs <= toUs) end = index + 1;
    }
    return this.#packets.slice(start, end);
  }

  /** Forgets everything, as after a change of coding or at the end. */
  clear(): void {
    this.#evicted += this.#packets.length;
    for (const packet of this.#packets) packet.memory?.release();
    this.#packets = [];
    this.#secondGop = -1;
    this.#bytes = 0;
  }

  #hasEnoughWithoutOldest(): boolean {
    const next = this.#packets[this.#secondGop];
    return next !== undefined && (this.latest?.ptsUs ?? 0) - next.ptsUs >= this.#limits.keepSeconds * 1e6;
  }

  #dropOldestGop(): void {
    const gone = this.#packets.splice(0, this.#secondGop < 0 ? this.#packets.length : this.#secondGop);
    this.#secondGop = this.#packets.findIndex((packet, index) => index > 0 && packet.isKeyframe);
    for (const packet of gone) {
      this.#bytes -= packet.data.length;
      packet.memory?.release();
    }
    this.#evicted += gone.length;
  }
}
