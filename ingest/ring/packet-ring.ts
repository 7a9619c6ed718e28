import type { Coding } from './coding.ts';
import type { EncodedPacket } from './encoded-packet.ts';
import { PacketColumns } from './packet-columns.ts';

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
  /** Nothing before the first keyframe, and after what is held was dropped. */
  #packets: PacketColumns | undefined;
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
    const packets = this.#packets;
    return packets ? Math.max(0, packets.ptsUs(packets.length - 1) - packets.ptsUs(0)) / 1e6 : 0;
  }

  /** Packets that fell out so far. */
  get evicted(): number {
    return this.#evicted;
  }

  /** Of what is held. */
  get coding(): Coding | undefined {
    return this.#packets?.coding;
  }

  get latest(): EncodedPacket | undefined {
    return this.#packets?.at(this.#packets.length - 1);
  }

  /**
   * Takes the packet in and says whether it is held now: not one before the first keyframe, nor one whose GOP has
   * outgrown the ring. A packet of another coding than those before is the first of a new ring. The hold on a packet's
   * memory that its reader was given is the ring's from here on.
   */
  push(packet: EncodedPacket): boolean {
    if (this.#packets && this.#packets.coding !== packet.coding) this.clear();
    if (!this.#packets && !packet.isKeyframe) {
      packet.memory?.release();
      return false;
    }
    this.#packets ??= new PacketColumns(packet.coding);
    if (packet.isKeyframe && this.#secondGop < 0 && this.#packets.length > 0)
      this.#secondGop = this.#packets.length;
    this.#packets.push(packet);
    this.#bytes += packet.data.length;
    while (this.#hasEnoughWithoutOldest() || this.#bytes > this.#limits.maxBytes) this.#dropOldestGop();
    return this.#packets !== undefined;
  }

  /**
   * The packets from the last keyframe at or before `fromUs` up to and including `toUs`, in the order received;
   * begins with the oldest keyframe held when `fromUs` is older, and is the open GOP when `fromUs` is still to come.
   * Empty when all that is held is later than `toUs`. Asked again, the same packets are other objects with the same times.
   */
  span(fromUs: number, toUs: number): readonly EncodedPacket[] {
    const packets = this.#packets;
    if (!packets) return [];
    let start = 0;
    let end = 0;
    for (let index = 0; index < packets.length; index++) {
      const ptsUs = packets.ptsUs(index);
      if (ptsUs <= fromUs && packets.isKeyframe(index)) start = index;
      if (ptsUs <= toUs) end = index + 1;
    }
    return packets.slice(start, end);
  }

  /** Forgets everything, as after a change of coding or at the end. */
  clear(): void {
    this.#drop(this.#packets?.length ?? 0);
  }

  #hasEnoughWithoutOldest(): boolean {
    const packets = this.#packets;
    if (!packets || this.#secondGop < 0) return false;
    const laterUs = packets.ptsUs(packets.length - 1) - packets.ptsUs(this.#secondGop);
    return laterUs >= this.#limits.keepSeconds * 1e6;
  }

  #dropOldestGop(): void {
    this.#drop(this.#secondGop < 0 ? (this.#packets?.length ?? 0) : this.#secondGop);
  }

  #drop(count: number): void {
    const packets = this.#packets;
    if (!packets) return;
    this.#bytes -= packets.shift(count);
    this.#evicted += count;
    this.#secondGop = -1;
    for (let index = 1; index < packets.length && this.#secondGop < 0; index++)
      if (packets.isKeyframe(index)) this.#secondGop = index;
    if (packets.length === 0) this.#packets = undefined;
  }
}
