import { streamError } from '../../errors.ts';
import type { PacketMemory } from '../../ring/encoded-packet.ts';

/**
 * Size of a slab. What is kept of a slab keeps all of it in memory: small enough that a ring's oldest and newest slab are
 * little beside the ring, large enough for some ten pictures. Measured in decision 6.
 */
const slabBytes = 64 * 1024;
/** A keyframe of 4K at the highest rate is 2 MB. */
const maxUnitBytes = 8 * 1024 * 1024;
/** So much may wait to be written anew whatever is in use. A slab for large keyframes may be larger than that by itself. */
const enoughFreeBytes = 512 * 1024;

const startCode = Buffer.from([0, 0, 0, 1]);

/** Held by whoever writes into it and by each unit in it. */
class Slab implements PacketMemory {
  readonly bytes: Buffer;
  readonly #onFree: (slab: Slab) => void;
  #holds = 1;

  constructor(bytes: Buffer, onFree: (slab: Slab) => void) {
    this.bytes = bytes;
    this.#onFree = onFree;
  }

  hold(): void {
    this.#holds++;
  }

  release(): void {
    if (--this.#holds === 0) this.#onFree(this);
  }
}

/** The bytes of an access unit. Whoever is given it has one hold on its memory. */
export interface SlabUnit {
  data: Buffer;
  memory: PacketMemory;
}

/**
 * Memory for access units, one behind the other in slabs of one stream, so that a packet is a view and costs no
 * allocation of its own. A slab that nobody holds is written anew: V8 counts what lies outside its heap, and collects all of
 * the thread's heap for packets that come and go. A ring lets a GOP go at once, of which the next is made: as much may wait as is in
 * use, which for a main stream is megabytes. A slab on which a hold was forgotten is collected like anything else.
 */
export class PacketSlab {
  #slab = new Slab(Buffer.alloc(0), () => undefined);
  #bytes = this.#slab.bytes;
  #free: Slab[] = [];
  #freeBytes = 0;
  #usedBytes = 0;
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
  finish(): SlabUnit {
    const data = this.#bytes.subarray(this.#begin, this.#end);
    this.#begin = this.#end;
    this.#slab.hold();
    return { data, memory: this.#slab };
  }

  discard(): void {
    this.#end = this.#begin;
  }

  /** A unit that does not fit moves into another slab; what is left of that one is for the units after it. */
  #reserve(bytes: number): void {
    if (this.#end + bytes <= this.#bytes.length) return;
    const needed = this.size + bytes;
    if (needed > maxUnitBytes) throw streamError('undecodable', 'a picture is larger than 8 MB');
    const slab = this.#takeFree(needed) ?? this.#create(needed);
    this.#bytes.copy(slab.bytes, 0, this.#begin, this.#end);
    this.#end = this.size;
    this.#begin = 0;
    this.#bytes = slab.bytes;
    const before = this.#slab;
    this.#slab = slab;
    before.release();
  }

  #create(needed: number): Slab {
    const bytes = Buffer.allocUnsafeSlow(Math.max(slabBytes, Math.min(needed * 2, maxUnitBytes)));
    this.#usedBytes += bytes.length;
    return new Slab(bytes, (slab) => this.#keepFree(slab));
  }

  /** The smallest that is large enough: large ones are left for keyframes. */
  #takeFree(needed: number): Slab | undefined {
    let taken: Slab | undefined;
    for (const slab of this.#free) {
      const { length } = slab.bytes;
      if (length >= needed && length < (taken?.bytes.length ?? Number.POSITIVE_INFINITY)) taken = slab;
    }
    if (!taken) return undefined;
    this.#free.splice(this.#free.indexOf(taken), 1);
    this.#freeBytes -= taken.bytes.length;
    this.#usedBytes += taken.bytes.length;
    taken.hold();
    return taken;
  }

  /** Also what was kept before is given up as less is in use: a clip may have held far more than a ring does. */
  #keepFree(slab: Slab): void {
    this.#usedBytes -= slab.bytes.length;
    this.#free.push(slab);
    this.#freeBytes += slab.bytes.length;
    const most = Math.max(enoughFreeBytes, this.#usedBytes);
    while (this.#freeBytes > most && this.#free.length > 1)
      this.#freeBytes -= this.#free.pop()?.bytes.length ?? 0;
  }
}
