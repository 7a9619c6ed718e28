import { expect, test } from 'vitest';
import { createSeededRandom, freshSeed } from '../../../test/fixtures/inference/seeded-random.ts';
import { PacketSlab, type SlabUnit } from './packet-slab.ts';

const slabBytes = 64 * 1024;

/** A unit of `size` bytes, all of them `value`. */
const writeUnit = (slab: PacketSlab, size: number, value: number): SlabUnit => {
  slab.append(Buffer.alloc(size, value), 0, size);
  return slab.finish();
};

/** Units that fill a slab and begin the next one. */
const fillSlab = (slab: PacketSlab, value: number): SlabUnit[] =>
  Array.from({ length: 4 }, () => writeUnit(slab, slabBytes / 4, value));

const isSameMemory = (one?: SlabUnit, other?: SlabUnit): boolean => one?.data.buffer === other?.data.buffer;

test('gives units that lie one behind the other in the same memory', () => {
  const slab = new PacketSlab();

  const [first, second] = [writeUnit(slab, 100, 1), writeUnit(slab, 50, 2)];

  expect(first.data.equals(Buffer.alloc(100, 1))).toBe(true);
  expect(second.data.equals(Buffer.alloc(50, 2))).toBe(true);
  expect(isSameMemory(first, second)).toBe(true);
  expect(second.data.byteOffset).toBe(first.data.byteOffset + 100);
});

test('writes a slab anew once nobody holds what lies in it', () => {
  const slab = new PacketSlab();
  const units = fillSlab(slab, 1);
  fillSlab(slab, 2);
  for (const { memory } of units) memory.release();

  const next = fillSlab(slab, 3);

  expect(isSameMemory(next[0], units[0])).toBe(true);
});

test('leaves a slab alone as long as one unit of it is held', () => {
  const slab = new PacketSlab();
  const [kept, ...others] = fillSlab(slab, 1);
  fillSlab(slab, 2);
  for (const { memory } of others) memory.release();

  fillSlab(slab, 3);

  expect(kept?.data.equals(Buffer.alloc(slabBytes / 4, 1))).toBe(true);
});

test('leaves the slab alone that it is writing into, whoever has let go of it', () => {
  const slab = new PacketSlab();
  const first = writeUnit(slab, 100, 1);
  first.memory.release();

  const second = writeUnit(slab, 100, 2);

  expect(second.data.byteOffset).toBe(first.data.byteOffset + 100);
  expect(second.data.equals(Buffer.alloc(100, 2))).toBe(true);
});

test('keeps no more than half a megabyte that waits to be written anew', () => {
  const slab = new PacketSlab();
  const units = Array.from({ length: 20 }, (_, at) => fillSlab(slab, at)).flat();
  const written = new Set(units.map(({ data }) => data.buffer));
  for (const { memory } of units) memory.release();

  const again = Array.from({ length: 20 }, (_, at) => fillSlab(slab, at)).flat();

  // The last of the twenty, which was still being written, is free when it is full.
  const used = new Set(again.map(({ data }) => data.buffer).filter((buffer) => written.has(buffer)));
  expect(used.size).toBe(8 + 1);
});

test('a main stream whose GOPs have megabytes is written into the memory of those that fell out', () => {
  const slab = new PacketSlab();
  const gopsHeld = 6;
  const gops: SlabUnit[][] = [];
  const writeGop = (value: number): void => {
    const sizes = [170_000, ...Array.from({ length: 49 }, () => 17_000)];
    gops.push(sizes.map((size) => writeUnit(slab, size, value)));
    if (gops.length > gopsHeld) for (const { memory } of gops.shift() ?? []) memory.release();
  };
  for (let at = 0; at < 3 * gopsHeld; at++) writeGop(at);
  const known = new Set(gops.flat().map(({ data }) => data.buffer));
  for (let at = 0; at < gopsHeld; at++) writeGop(at);
  for (const { data } of gops.flat()) known.add(data.buffer);

  for (let at = 0; at < 3 * gopsHeld; at++) writeGop(at);

  expect(gops.flat().filter(({ data }) => !known.has(data.buffer))).toEqual([]);
});

test('keeps one slab that is larger than that by itself', () => {
  const slab = new PacketSlab();
  const large = writeUnit(slab, 600_000, 1);
  const others = Array.from({ length: 10 }, (_, at) => fillSlab(slab, at)).flat();
  for (const { memory } of [large, ...others]) memory.release();

  const next = writeUnit(slab, 600_000, 2);

  expect(isSameMemory(next, large)).toBe(true);
});

test('a unit too large for a slab has one of its own, which is written anew as well', () => {
  const slab = new PacketSlab();
  const large = writeUnit(slab, 150_000, 1);
  const others = [fillSlab(slab, 2), fillSlab(slab, 3), fillSlab(slab, 4)].flat();
  for (const { memory } of [large, ...others]) memory.release();

  const next = writeUnit(slab, 140_000, 6);

  expect(isSameMemory(next, large)).toBe(true);
});

test('never changes a byte that somebody holds, in whatever order they come and go', () => {
  const seed = freshSeed();
  const random = createSeededRandom(seed).next;
  const slab = new PacketSlab();
  const held: { unit: SlabUnit; bytes: Buffer; holds: number }[] = [];
  for (let step = 0; step < 20_000; step++) {
    const size = 1 + Math.floor(random() ** 4 * 120_000);
    const value = Math.floor(random() * 256);
    if (random() < 0.1) {
      slab.append(Buffer.alloc(size, value), 0, size);
      slab.discard();
    }
    held.push({ unit: writeUnit(slab, size, value), bytes: Buffer.alloc(size, value), holds: 1 });
    const some = held[Math.floor(random() * held.length)];
    if (some && random() < 0.3) {
      some.unit.memory.hold();
      some.holds++;
    }
    while (held.length > 40) {
      const at = Math.floor(random() * held.length);
      const entry = held[at];
      if (!entry) break;
      expect(entry.unit.data.equals(entry.bytes), `seed ${seed}, step ${step}`).toBe(true);
      entry.unit.memory.release();
      if (--entry.holds === 0) held.splice(at, 1);
    }
  }
});
