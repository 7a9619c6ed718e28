import { describe, expect, it } from 'vitest';
import { createSeededRandom } from '../../test/fixtures/inference/seeded-random.ts';
import { UnitJoiner } from '../sides/limits/unit-joiner.ts';
import { maxPayloadBytes, packetise, stampFrame } from './rtp-frame.ts';

const startCode = Buffer.from([0, 0, 0, 1]);
const stamp = { channel: 0, ssrc: 7, sequence: 65_534, timestamp: 4_000_000_000 };
/** An ordinary slice of each codec. */
const headers = { h264: [0x41], h265: [0x02, 0x01] } as const;
const nalOf = (codec: 'h264' | 'h265', bytes: number): Buffer =>
  Buffer.concat([Buffer.from(headers[codec]), Buffer.alloc(bytes - headers[codec].length, bytes % 251)]);

const payloadsOf = (bytes: Buffer, starts: readonly number[]): Buffer[] =>
  starts.map((at) => bytes.subarray(at + 16, at + 4 + bytes.readUInt16BE(at + 2)));

describe('packetise', () => {
  it.each(['h264', 'h265'] as const)('gives back every %s picture when its packets are joined', (codec) => {
    const seed = 20_261_125;
    const { next: random } = createSeededRandom(seed);
    for (let round = 0; round < 200; round++) {
      const nals = Array.from({ length: 1 + Math.floor(random() * 4) }, () =>
        nalOf(codec, 3 + Math.floor(random() ** 3 * 9000)),
      );
      const units: Buffer[] = [];
      const joiner = new UnitJoiner(codec, (unit) => units.push(unit));
      const sent = stampFrame(packetise(codec, nals), stamp);
      for (let at = 0; at < sent.length; ) {
        const end = at + 1 + Math.floor(random() * 3000);
        joiner.push(sent.subarray(at, end));
        at = end;
      }

      const whole = Buffer.concat(nals.flatMap((nal) => [startCode, nal]));
      expect(units.length, `seed ${seed}, round ${round}`).toBe(1);
      expect(units[0]?.equals(whole), `seed ${seed}, round ${round}`).toBe(true);
    }
  });

  it.each([
    [maxPayloadBytes, 1],
    [maxPayloadBytes + 1, 2],
    [1 + 2 * (maxPayloadBytes - 2), 2],
    [2 + 2 * (maxPayloadBytes - 2), 3],
  ])('cuts a NAL unit of %i bytes into %i packets, none larger than allowed', (bytes, packets) => {
    const frame = packetise('h264', [nalOf('h264', bytes)]);

    const payloads = payloadsOf(frame.bytes, frame.packetStarts);
    expect(payloads.length).toBe(packets);
    expect(Math.max(...payloads.map(({ length }) => length))).toBeLessThanOrEqual(maxPayloadBytes);
  });

  it('marks the last packet of a picture and no other', () => {
    const { bytes, packetStarts } = packetise('h264', [nalOf('h264', 20), nalOf('h264', 5000)]);

    expect(packetStarts.map((at) => (bytes[at + 5] ?? 0) >= 0x80)).toEqual([
      false,
      false,
      false,
      false,
      true,
    ]);
  });
});

describe('stampFrame', () => {
  it("writes one receiver's numbers into a copy, and sequence numbers go round", () => {
    const frame = packetise('h264', [nalOf('h264', 3000)]);

    const sent = stampFrame(frame, stamp);

    expect(frame.packetStarts.map((at) => sent.readUInt16BE(at + 6))).toEqual([65_534, 65_535, 0]);
    expect(frame.packetStarts.map((at) => sent.readUInt32BE(at + 8))).toEqual(Array(3).fill(4_000_000_000));
    expect(frame.bytes.readUInt32BE(8)).toBe(0);
  });
});
