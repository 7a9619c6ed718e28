import type { Coding } from './coding.ts';
import type { EncodedPacket, PacketMemory } from './encoded-packet.ts';

/** Numbers that are kept of a packet: its times, where its bytes lie, and whether it is a keyframe. */
const perPacket = 7;
const ptsAt = 0;
const dtsAt = 1;
const capturedAt = 2;
const receivedAt = 3;
const beginAt = 4;
const bytesAt = 5;
const keyframeAt = 6;

/** Grows by doubling: 10 s and a GOP of a camera are some three hundred. */
const firstPackets = 64;

/**
 * Packets of one coding as columns of numbers, oldest first. Some three thousand packets a second that each stay for ten seconds
 * would be moved and marked by V8's collector as two objects each; here they are made anew for the few who ask, and those that
 * come go at once. Measured in docs/performance.md.
 */
export class PacketColumns {
  readonly #coding: Coding;
  #numbers = new Float64Array(firstPackets * perPacket);
  #buffers: ArrayBufferLike[] = [];
  #memories: (PacketMemory | undefined)[] = [];

  constructor(coding: Coding) {
    this.#coding = coding;
  }

  get coding(): Coding {
    return this.#coding;
  }

  get length(): number {
    return this.#buffers.length;
  }

  ptsUs(index: number): number {
    return this.#number(index, ptsAt);
  }

  isKeyframe(index: number): boolean {
    return this.#number(index, keyframeAt) === 1;
  }

  /** A packet of this coding, with its hold on its memory. */
  push(packet: EncodedPacket): void {
    const { data } = packet;
    const from = this.length * perPacket;
    if (from === this.#numbers.length) this.#grow();
    const numbers = this.#numbers;
    numbers[from + ptsAt] = packet.ptsUs;
    numbers[from + dtsAt] = packet.dtsUs;
    numbers[from + capturedAt] = packet.capturedAt;
    numbers[from + receivedAt] = packet.receivedAt;
    numbers[from + beginAt] = data.byteOffset;
    numbers[from + bytesAt] = data.length;
    numbers[from + keyframeAt] = packet.isKeyframe ? 1 : 0;
    this.#buffers.push(data.buffer);
    this.#memories.push(packet.memory);
  }

  /** The packet at `index`, made anew each time: those that are the same have the same decoding time. */
  at(index: number): EncodedPacket | undefined {
    const buffer = this.#buffers[index];
    if (!buffer) return undefined;
    return {
      data: Buffer.from(buffer, this.#number(index, beginAt), this.#number(index, bytesAt)),
      memory: this.#memories[index],
      coding: this.#coding,
      ptsUs: this.#number(index, ptsAt),
      dtsUs: this.#number(index, dtsAt),
      isKeyframe: this.isKeyframe(index),
      capturedAt: this.#number(index, capturedAt),
      receivedAt: this.#number(index, receivedAt),
    };
  }

  /** From `start` up to but not including `end`. */
  slice(start: number, end: number): EncodedPacket[] {
    const packets: EncodedPacket[] = [];
    for (let index = start; index < end; index++) {
      const packet = this.at(index);
      if (packet) packets.push(packet);
    }
    return packets;
  }

  /** Takes out the oldest `count` and releases them; how many bytes they had. */
  shift(count: number): number {
    let bytes = 0;
    for (let index = 0; index < count; index++) bytes += this.#number(index, bytesAt);
    this.#numbers.copyWithin(0, count * perPacket, this.length * perPacket);
    this.#buffers.splice(0, count);
    for (const memory of this.#memories.splice(0, count)) memory?.release();
    return bytes;
  }

  #number(index: number, column: number): number {
    return this.#numbers[index * perPacket + column] ?? Number.NaN;
  }

  #grow(): void {
    const larger = new Float64Array(this.#numbers.length * 2);
    larger.set(this.#numbers);
    this.#numbers = larger;
  }
}
