import type { EncodedPacket } from '../ring/encoded-packet.ts';

/** At 25 pictures a second two thirds of a second; a camera that is looked at three times a second never waits so long. */
const maxPackets = 16;
/** Of stream time between the first and the last: with fewer pictures a second it counts before the number does. */
const maxSpanUs = 700_000;

/** Packets of an awake camera that wait to be decoded in one go. Each is held until it has been, or is let go. */
export class PacketBunch {
  #packets: EncodedPacket[] = [];

  /** Whether it is time to decode them, wanted or not. */
  get isFull(): boolean {
    const spanUs = (this.#packets.at(-1)?.ptsUs ?? 0) - (this.#packets[0]?.ptsUs ?? 0);
    return this.#packets.length >= maxPackets || spanUs >= maxSpanUs;
  }

  push(packet: EncodedPacket): void {
    packet.memory?.hold();
    this.#packets.push(packet);
  }

  /** Gives them to `decode`, in the order in which they came. */
  drain(decode: (packet: EncodedPacket, isLast: boolean) => void): void {
    const last = this.#packets.at(-1);
    for (const packet of this.#packets) {
      decode(packet, packet === last);
      packet.memory?.release();
    }
    this.#packets = [];
  }

  /** Lets them go undecoded, and says how many they were. */
  clear(): number {
    const { length } = this.#packets;
    for (const { memory } of this.#packets) memory?.release();
    this.#packets = [];
    return length;
  }
}
