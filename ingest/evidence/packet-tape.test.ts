import { describe, expect, it } from 'vitest';
import { codingOf } from '../../test/fixtures/evidence/scripted-recorder.ts';
import type { EncodedPacket } from '../ring/encoded-packet.ts';
import { PacketRing } from '../ring/packet-ring.ts';
import { PacketTape } from './packet-tape.ts';

const second = 1_000_000;
const coding = codingOf(640);

/** A picture a second, a keyframe every `gop` of them. */
const packetAt = (seconds: number, gop: number): EncodedPacket => ({
  data: Buffer.alloc(100),
  coding,
  ptsUs: seconds * second,
  dtsUs: seconds * second,
  isKeyframe: seconds % gop === 0,
  capturedAt: 0,
  receivedAt: 0,
});

const filledRing = (seconds: number, gop = 4): PacketRing => {
  const ring = new PacketRing({ maxBytes: 1e6, keepSeconds: 1e6 });
  for (let at = 0; at < seconds; at++) ring.push(packetAt(at, gop));
  return ring;
};

const secondsOf = (packets: readonly EncodedPacket[]): number[] =>
  packets.map((packet) => packet.ptsUs / second);

describe('PacketTape', () => {
  it('keeps packets that the ring has let go', () => {
    const ring = filledRing(10);
    const tape = new PacketTape();
    tape.hold(5 * second);
    tape.extend(ring.span(5 * second, Number.POSITIVE_INFINITY));

    ring.clear();

    expect(secondsOf(tape.span(5 * second, 8 * second))).toEqual([4, 5, 6, 7, 8]);
  });

  it('takes each packet once, however much two requests overlap', () => {
    const ring = filledRing(12);
    const tape = new PacketTape();
    tape.hold(9 * second);
    tape.extend(ring.span(9 * second, Number.POSITIVE_INFINITY));
    tape.hold(5 * second);
    tape.extend(ring.span(5 * second, Number.POSITIVE_INFINITY));

    expect(secondsOf(tape.span(0, 99 * second))).toEqual([4, 5, 6, 7, 8, 9, 10, 11]);
    expect(tape.bytes).toBe(800);
  });

  it('appends what comes, and not twice', () => {
    const ring = filledRing(5);
    const tape = new PacketTape();
    tape.hold(4 * second);
    tape.extend(ring.span(4 * second, Number.POSITIVE_INFINITY));
    const next = packetAt(5, 4);
    ring.push(next);

    tape.append(next);
    tape.append(next);
    tape.extend(ring.span(4 * second, Number.POSITIVE_INFINITY));

    expect(secondsOf(tape.span(4 * second, 99 * second))).toEqual([4, 5]);
  });

  it('keeps the order of decoding when an earlier request comes after a later one, with a gap before it', () => {
    const ring = filledRing(24);
    const packets = ring.span(0, Number.POSITIVE_INFINITY);
    const tape = new PacketTape();
    tape.hold(4 * second);
    tape.extend(packets.slice(4, 12));
    tape.hold(20 * second);
    tape.extend(packets.slice(20));
    tape.hold(13 * second);
    tape.extend(packets.slice(12));

    expect(secondsOf(tape.span(4 * second, 99 * second))).toEqual(
      Array.from({ length: 20 }, (_, at) => at + 4),
    );
  });

  it('lets go of whole GOPs that no hold reaches back to', () => {
    const ring = filledRing(12);
    const tape = new PacketTape();
    const early = tape.hold(1 * second);
    tape.extend(ring.span(1 * second, Number.POSITIVE_INFINITY));
    tape.hold(9 * second);

    early.release();

    expect(secondsOf(tape.span(0, 99 * second))).toEqual([8, 9, 10, 11]);
  });

  it('lets go of everything with its last hold, and tells of every byte', () => {
    const ring = filledRing(12);
    let told = 0;
    const tape = new PacketTape((delta) => {
      told += delta;
    });
    const hold = tape.hold(0);
    tape.extend(ring.span(0, Number.POSITIVE_INFINITY));
    expect(told).toBe(1200);

    hold.release();
    hold.release();

    expect([told, tape.bytes, tape.length]).toEqual([0, 0, 0]);
  });

  it('holds the memory of each packet once while it is on the tape', () => {
    const holds = new Map<number, number>();
    const heldPacketAt = (seconds: number): EncodedPacket => {
      const add = (delta: number) => () => void holds.set(seconds, (holds.get(seconds) ?? 0) + delta);
      return { ...packetAt(seconds, 4), memory: { hold: add(1), release: add(-1) } };
    };
    const packets = Array.from({ length: 10 }, (_, seconds) => heldPacketAt(seconds));
    const tape = new PacketTape();
    const [early, late] = [tape.hold(1 * second), tape.hold(6 * second)];
    tape.extend(packets.slice(4, 8));
    tape.extend(packets.slice(0, 8));
    tape.append(packets[8] as EncodedPacket);
    tape.append(packets[8] as EncodedPacket);

    expect([...holds.entries()].sort(([a], [b]) => a - b)).toEqual(
      [0, 1, 2, 3, 4, 5, 6, 7, 8].map((seconds) => [seconds, 1]),
    );
    early.release();
    expect(
      [...holds]
        .filter(([, count]) => count === 1)
        .map(([seconds]) => seconds)
        .sort(),
    ).toEqual([4, 5, 6, 7, 8]);
    late.release();
    expect([...holds.values()].every((count) => count === 0)).toBe(true);
  });
});
