import type { ReadPacket } from '../../session/packet-stream.ts';

/** Some seconds of pictures, or one large keyframe and a bit. */
const maxPackets = 128;
const maxBytes = 4 * 1024 * 1024;

/**
 * What has been received and not read yet. Nothing is dropped here: when it is full the socket is no longer read, and
 * TCP holds the camera back, until half of it has been read.
 */
export class PacketQueue {
  #packets: ReadPacket[] = [];
  #bytes = 0;
  #isHeldBack = false;

  get isHeldBack(): boolean {
    return this.#isHeldBack;
  }

  put(packet: ReadPacket): void {
    this.#packets.push(packet);
    this.#bytes += packet.data.length;
  }

  take(): ReadPacket | undefined {
    const packet = this.#packets.shift();
    if (packet) this.#bytes -= packet.data.length;
    return packet;
  }

  clear(): void {
    this.#packets = [];
    this.#bytes = 0;
  }

  /** Whether to stop (`hold`) or go on (`release`) receiving, where that changes. */
  pressure(): 'hold' | 'release' | undefined {
    const isLow = this.#packets.length <= maxPackets / 2 && this.#bytes <= maxBytes / 2;
    const isFull = this.#packets.length >= maxPackets || this.#bytes >= maxBytes;
    if (this.#isHeldBack ? !isLow : !isFull) return undefined;
    this.#isHeldBack = !this.#isHeldBack;
    return this.#isHeldBack ? 'hold' : 'release';
  }
}
