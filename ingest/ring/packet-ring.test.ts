import { expect, test } from 'vitest';
import { PacketRing, type RingPacket } from './packet-ring.ts';

class FakePacket {
  isFreed = false;
  free(): void {
    if (this.isFreed) throw new Error('freed twice');
    this.isFreed = true;
  }
}

const entryAt = (seconds: number, isKeyframe: boolean, sizeBytes = 10): RingPacket<FakePacket> => ({
  packet: new FakePacket(),
  ptsUs: seconds * 1e6,
  dtsUs: seconds * 1e6,
  isKeyframe,
  sizeBytes,
  capturedAt: 0,
  receivedAt: 0,
});

/** A ring after `seconds` packets, one a second, with a keyframe every `gop` of them. */
const filledRing = (seconds: number, gop: number, limits = { maxBytes: 1e6, maxSeconds: 1e6 }) => {
  const ring = new PacketRing<FakePacket>(limits);
  const entries = Array.from({ length: seconds }, (_, second) => entryAt(second, second % gop === 0));
  for (const entry of entries) ring.push(entry);
  return { ring, entries };
};

const secondsOf = (packets: readonly RingPacket<FakePacket>[]): number[] =>
  packets.map((entry) => entry.ptsUs / 1e6);

test('refuses and frees packets before the first keyframe', () => {
  const ring = new PacketRing<FakePacket>({ maxBytes: 100, maxSeconds: 10 });
  const early = entryAt(0, false);

  const isHeld = ring.push(early);

  expect(isHeld).toBe(false);
  expect(early.packet.isFreed).toBe(true);
  expect(ring.bytes).toBe(0);
});

test('drops the oldest GOP whole when the seconds are exceeded', () => {
  const { ring, entries } = filledRing(9, 3, { maxBytes: 1e6, maxSeconds: 7 });

  expect(secondsOf(ring.span(0, 100e6))).toEqual([3, 4, 5, 6, 7, 8]);
  expect(entries.map((entry) => entry.packet.isFreed).slice(0, 4)).toEqual([true, true, true, false]);
  expect(ring.evicted).toBe(3);
  expect(ring.seconds).toBe(5);
});

test('keeps a GOP that is longer than the seconds as long as its bytes fit', () => {
  const { ring } = filledRing(20, 100, { maxBytes: 1e6, maxSeconds: 5 });

  expect(ring.seconds).toBe(19);
});

test('drops a GOP beyond the bytes whole, says so, and starts again at the next keyframe', () => {
  const { ring } = filledRing(10, 100, { maxBytes: 100, maxSeconds: 60 });
  const tooMuch = entryAt(10, false);

  expect(ring.push(tooMuch)).toBe(false);
  expect(tooMuch.packet.isFreed).toBe(true);
  expect(ring.bytes).toBe(0);
  expect(ring.push(entryAt(11, false))).toBe(false);
  expect(ring.push(entryAt(12, true))).toBe(true);
});

test('gives a span from the keyframe at or before its beginning', () => {
  const { ring } = filledRing(12, 4);

  expect(secondsOf(ring.span(5.5e6, 9e6))).toEqual([4, 5, 6, 7, 8, 9]);
  expect(secondsOf(ring.span(-1e6, 1e6))).toEqual([0, 1]);
  expect(secondsOf(ring.span(20e6, 30e6))).toEqual([8, 9, 10, 11]);
  expect(ring.span(-5e6, -1e6)).toEqual([]);
});

test('keeps reordered packets inside a span in the order received', () => {
  const ring = new PacketRing<FakePacket>({ maxBytes: 1e6, maxSeconds: 60 });
  for (const [seconds, isKeyframe] of [
    [0, true],
    [3, false],
    [1, false],
    [2, false],
  ] as const) {
    ring.push(entryAt(seconds, isKeyframe));
  }

  expect(secondsOf(ring.span(0, 2e6))).toEqual([0, 3, 1, 2]);
});

test('gives the open GOP and frees all when cleared', () => {
  const { ring, entries } = filledRing(6, 4);

  expect(secondsOf(ring.openGop())).toEqual([4, 5]);
  ring.clear();
  expect(ring.openGop()).toEqual([]);
  expect(entries.every((entry) => entry.packet.isFreed)).toBe(true);
  expect(ring.bytes).toBe(0);
});

test('never exceeds its bytes and never leaks, whatever comes', () => {
  const seed = Math.floor(Math.random() * 2 ** 31);
  let state = seed;
  const random = (): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return state / 0x7fffffff;
  };
  const ring = new PacketRing<FakePacket>({ maxBytes: 500, maxSeconds: 20 });
  const entries = Array.from({ length: 2000 }, (_, index) =>
    entryAt(index / 2, random() < 0.1, 1 + Math.floor(random() * 60)),
  );

  for (const entry of entries) {
    const isHeld = ring.push(entry);

    const held = entries.filter(({ packet, ptsUs }) => !packet.isFreed && ptsUs <= entry.ptsUs);
    expect(isHeld, `seed ${seed}`).toBe(!entry.packet.isFreed);
    expect(ring.bytes, `seed ${seed}`).toBe(held.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0));
    expect(ring.bytes, `seed ${seed}`).toBeLessThanOrEqual(500);
    expect(held[0]?.isKeyframe ?? true, `seed ${seed}`).toBe(true);
  }
});
