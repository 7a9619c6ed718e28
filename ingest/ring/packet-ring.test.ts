import { expect, test } from 'vitest';
import type { Coding } from './coding.ts';
import type { EncodedPacket } from './encoded-packet.ts';
import { PacketRing } from './packet-ring.ts';

const coding: Coding = { codec: 'h264', parameterSets: Buffer.of(1) };

const packetAt = (seconds: number, isKeyframe: boolean, sizeBytes = 10): EncodedPacket => ({
  data: Buffer.alloc(sizeBytes),
  coding,
  ptsUs: seconds * 1e6,
  dtsUs: seconds * 1e6,
  isKeyframe,
  capturedAt: 0,
  receivedAt: 0,
});

/** A ring after `seconds` packets, one a second, with a keyframe every `gop` of them. */
const filledRing = (seconds: number, gop: number, limits = { maxBytes: 1e6, keepSeconds: 1e6 }) => {
  const ring = new PacketRing(limits);
  const packets = Array.from({ length: seconds }, (_, second) => packetAt(second, second % gop === 0));
  for (const packet of packets) ring.push(packet);
  return { ring };
};

const secondsOf = (packets: readonly EncodedPacket[]): number[] =>
  packets.map((packet) => packet.ptsUs / 1e6);

test('refuses packets before the first keyframe', () => {
  const ring = new PacketRing({ maxBytes: 100, keepSeconds: 10 });

  expect(ring.push(packetAt(0, false))).toBe(false);
  expect(ring.bytes).toBe(0);
});

test('drops the oldest GOP whole when those after it are enough', () => {
  const { ring } = filledRing(9, 3, { maxBytes: 1e6, keepSeconds: 5 });

  expect(secondsOf(ring.span(0, 100e6))).toEqual([3, 4, 5, 6, 7, 8]);
  expect(ring.evicted).toBe(3);
  expect(ring.seconds).toBe(5);
});

test('releases what falls out and what it forgets, each once, and nothing that it has', () => {
  const ring = new PacketRing({ maxBytes: 1e6, keepSeconds: 3 });
  const released: number[] = [];
  for (let second = 0; second < 9; second++) {
    const memory = { hold: () => undefined, release: () => void released.push(second) };
    ring.push({ ...packetAt(second, second % 3 === 0), memory });
  }

  expect(released).toEqual([0, 1, 2]);
  ring.clear();
  expect(released).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
});

test('releases what it refuses', () => {
  const ring = new PacketRing({ maxBytes: 1e6, keepSeconds: 3 });
  let released = 0;

  ring.push({ ...packetAt(0, false), memory: { hold: () => undefined, release: () => void released++ } });

  expect(released).toBe(1);
});

test('keeps a GOP as long as what comes after it is not enough', () => {
  const { ring } = filledRing(9, 3, { maxBytes: 1e6, keepSeconds: 6 });

  expect(ring.seconds).toBe(8);
});

test('keeps a GOP that is longer than the seconds as long as its bytes fit', () => {
  const { ring } = filledRing(20, 100, { maxBytes: 1e6, keepSeconds: 5 });

  expect(ring.seconds).toBe(19);
});

test('drops a GOP beyond the bytes whole, says so, and starts again at the next keyframe', () => {
  const { ring } = filledRing(10, 100, { maxBytes: 100, keepSeconds: 60 });

  expect(ring.push(packetAt(10, false))).toBe(false);
  expect(ring.bytes).toBe(0);
  expect(ring.push(packetAt(11, false))).toBe(false);
  expect(ring.push(packetAt(12, true))).toBe(true);
});

test('gives a span from the keyframe at or before its beginning', () => {
  const { ring } = filledRing(12, 4);

  expect(secondsOf(ring.span(5.5e6, 9e6))).toEqual([4, 5, 6, 7, 8, 9]);
  expect(secondsOf(ring.span(-1e6, 1e6))).toEqual([0, 1]);
  expect(secondsOf(ring.span(20e6, 30e6))).toEqual([8, 9, 10, 11]);
  expect(ring.span(-5e6, -1e6)).toEqual([]);
});

test('keeps reordered packets inside a span in the order received', () => {
  const ring = new PacketRing({ maxBytes: 1e6, keepSeconds: 60 });
  for (const [seconds, isKeyframe] of [
    [0, true],
    [3, false],
    [1, false],
    [2, false],
  ] as const) {
    ring.push(packetAt(seconds, isKeyframe));
  }

  expect(secondsOf(ring.span(0, 2e6))).toEqual([0, 3, 1, 2]);
});

test('begins anew with a keyframe of another coding', () => {
  const { ring } = filledRing(6, 4);
  const other = { codec: 'h264', parameterSets: Buffer.of(2) } as const;

  ring.push({ ...packetAt(6, true), coding: other });

  expect(secondsOf(ring.span(0, 100e6))).toEqual([6]);
  expect(ring.evicted).toBe(6);
});

test('holds nothing when cleared', () => {
  const { ring } = filledRing(6, 4);

  ring.clear();

  expect([ring.bytes, ring.seconds, ring.latest]).toEqual([0, 0, undefined]);
});

test('gives back what it was given, however many that are and wherever their bytes lie', () => {
  const ring = new PacketRing({ maxBytes: 1e6, keepSeconds: 150 });
  const slab = Buffer.from(Array.from({ length: 1200 }, (_, at) => at % 251));
  const memory = { hold: () => undefined, release: () => undefined };
  const packets = Array.from({ length: 300 }, (_, second) => ({
    data: slab.subarray(second * 4, second * 4 + 1 + (second % 4)),
    memory,
    coding,
    ptsUs: second * 1e6 + 0.5,
    dtsUs: second * 1e6,
    isKeyframe: second % 50 === 0,
    capturedAt: 1_800_000_000_000 + second,
    receivedAt: 1_800_000_000_100 + second,
  }));

  for (const packet of packets) ring.push(packet);

  expect(ring.evicted).toBe(100);
  expect(ring.span(0, Number.POSITIVE_INFINITY)).toEqual(packets.slice(100));
  expect([ring.latest, ring.coding]).toEqual([packets.at(-1), coding]);
});

test('never exceeds its bytes and always begins with a keyframe, whatever comes', () => {
  const seed = Math.floor(Math.random() * 2 ** 31);
  let state = seed;
  const random = (): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return state / 0x7fffffff;
  };
  const ring = new PacketRing({ maxBytes: 500, keepSeconds: 20 });
  const pushed: EncodedPacket[] = [];

  for (let index = 0; index < 2000; index++) {
    const packet = packetAt(index / 2, random() < 0.1, 1 + Math.floor(random() * 60));
    const isHeld = ring.push(packet);
    pushed.push(packet);

    const held = ring.span(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
    expect(isHeld, `seed ${seed}`).toBe(held.at(-1)?.ptsUs === packet.ptsUs);
    expect(held, `seed ${seed}`).toEqual(pushed.slice(pushed.length - held.length));
    expect(ring.bytes, `seed ${seed}`).toBe(held.reduce((sum, { data }) => sum + data.length, 0));
    expect(ring.bytes, `seed ${seed}`).toBeLessThanOrEqual(500);
    expect(held[0]?.isKeyframe ?? true, `seed ${seed}`).toBe(true);
  }
});
