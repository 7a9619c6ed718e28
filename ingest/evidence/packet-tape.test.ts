import { describe, expect, it } from 'vitest';
import { CountedPacket } from '../../test/fixtures/evidence/scripted-recorder.ts';
import { PacketRing, type RingPacket } from '../ring/packet-ring.ts';
import { PacketTape } from './packet-tape.ts';

const second = 1_000_000;

/** A picture a second, a keyframe every `gop` of them. */
const entryAt = (seconds: number, gop: number, count: { alive: number }): RingPacket<CountedPacket> => ({
  packet: new CountedPacket(count),
  ptsUs: seconds * second,
  dtsUs: seconds * second,
  isKeyframe: seconds % gop === 0,
  sizeBytes: 100,
  capturedAt: 0,
  receivedAt: 0,
});

const filledRing = (seconds: number, gop = 4) => {
  const count = { alive: 0 };
  const ring = new PacketRing<CountedPacket>({ maxBytes: 1e6, maxSeconds: 1e6 });
  for (let at = 0; at < seconds; at++) ring.push(entryAt(at, gop, count));
  return { ring, count };
};

const secondsOf = (entries: readonly RingPacket<CountedPacket>[]): number[] =>
  entries.map((entry) => entry.ptsUs / second);

describe('PacketTape', () => {
  it('keeps packets that the ring has let go', () => {
    const { ring, count } = filledRing(10);
    const tape = new PacketTape<CountedPacket>();
    tape.hold(5 * second);
    tape.extend(ring.span(5 * second, Number.POSITIVE_INFINITY));

    ring.clear();

    expect(secondsOf(tape.span(5 * second, 8 * second))).toEqual([4, 5, 6, 7, 8]);
    expect(count.alive).toBe(6);
  });

  it('takes each packet once, however much two requests overlap', () => {
    const { ring, count } = filledRing(12);
    const tape = new PacketTape<CountedPacket>();
    tape.hold(9 * second);
    tape.extend(ring.span(9 * second, Number.POSITIVE_INFINITY));
    tape.hold(5 * second);
    tape.extend(ring.span(5 * second, Number.POSITIVE_INFINITY));

    expect(secondsOf(tape.span(0, 99 * second))).toEqual([4, 5, 6, 7, 8, 9, 10, 11]);
    expect(tape.bytes).toBe(800);
    expect(count.alive).toBe(12 + 8);
  });

  it('appends what comes, and not twice', () => {
    const { ring, count } = filledRing(5);
    const tape = new PacketTape<CountedPacket>();
    tape.hold(4 * second);
    tape.extend(ring.span(4 * second, Number.POSITIVE_INFINITY));
    const next = entryAt(5, 4, count);
    ring.push(next);

    tape.append(next);
    tape.append(next);
    tape.extend(ring.span(4 * second, Number.POSITIVE_INFINITY));

    expect(secondsOf(tape.span(4 * second, 99 * second))).toEqual([4, 5]);
  });

  it('frees whole GOPs that no hold reaches back to', () => {
    const { ring } = filledRing(12);
    const tape = new PacketTape<CountedPacket>();
    const early = tape.hold(1 * second);
    tape.extend(ring.span(1 * second, Number.POSITIVE_INFINITY));
    tape.hold(9 * second);

    early.release();

    expect(secondsOf(tape.span(0, 99 * second))).toEqual([8, 9, 10, 11]);
  });

  it('frees everything with its last hold, and tells of every byte', () => {
    const { ring, count } = filledRing(12);
    let told = 0;
    const tape = new PacketTape<CountedPacket>((delta) => {
      told += delta;
    });
    const hold = tape.hold(0);
    tape.extend(ring.span(0, Number.POSITIVE_INFINITY));
    expect(told).toBe(1200);

    hold.release();
    hold.release();

    expect([told, tape.bytes, tape.length, count.alive]).toEqual([0, 0, 0, 12]);
  });

  it('leaves out a packet that could not be shared', () => {
    const { ring } = filledRing(2);
    const [first] = ring.span(0, 0);
    if (!first) throw new Error('the ring is empty');
    const broken = { ...first, packet: { clone: () => null, free: () => undefined } };
    const tape = new PacketTape<(typeof broken)['packet']>();
    tape.hold(0);

    tape.extend([broken]);

    expect(tape.length).toBe(0);
  });
});
