import { streamError } from '../../errors.ts';

/**
 * Size of a slab. What is kept of a slab keeps all of it in memory: small enough that a ring's oldest and newest slab are
 * little beside the ring, large enough for some ten pictures. Measured in decision 6.
 */
const slabBytes = 64 * 1024;
/** A keyframe of 4K at the highest rate is 2 MB. */
const maxUnitBytes = 8 * 1024 * 1024;

const startCode = Buffer.from([0, 0, 0, 1]);

/**
 * Memory for access units, one behind the other in slabs of one stream, so that a packet is a view and costs no
 * allocation of its own. Slabs are never reused: each lives as long as a packet in it.
 */
export class PacketSlab {
  #bytes = Buffer.alloc(0);
  /** Of the unit being written. */
  #begin = 0;
  #end = 0;

  /** Of the unit being written. */
  get size(): number {
    return this.#end - this.#begin;
  }

  append(source: Buffer, from: number, to: number): void {
    this.#reserve(to - from);
    source.copy(this.#bytes, this.#end, from, to);
    this.#end += to - from;
  }

  appendByte(byte: number): void {
    this.#reserve(1);
    this.#bytes[this.#end++] = byte;
  }

  appendStartCode(): void {
    this.append(startCode, 0, startCode.length);
  }

  /** What was written from `offset` on; valid until the next call. */
  tail(offset: number): Buffer {
    return this.#bytes.subarray(this.#begin + offset, this.#end);
  }

  /** Gives the unit away and begins the next one. */
  finish(): Buffer {
    const unit = this.#bytes.subarray(this.#begin, this.#end);
    this.#begin = this.#end;
    return unit;
  }

  discard(): void {
    this.#end = this.#begin;
  }

  /** A unit that does not fit moves into a new slab; what is left of that one is for the units after it. */
  #reserve(bytes: number): void {
    if (this.#end + bytes <= this.#bytes.length) return;
    const needed = this.size + bytes;
    if (needed > maxUnitBytes) throw streamError('undecodable', 'a picture is larger than 8 MB');
    const slab = Buffer.allocUnsafeSlow(Math.max(slabBytes, Math.min(needed * 2, maxUnitBytes)));
    this.#bytes.copy(slab, 0, this.#begin, this.#end);
    this.#end = this.size;
    this.#begin = 0;
    this.#bytes = slab;
  }
}
