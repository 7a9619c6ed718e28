import { expect, test } from 'vitest';
import type { EncodedPacket } from '../ring/encoded-packet.ts';
import { PacketBunch } from './packet-bunch.ts';

/** Packets `stepMs` apart, and how many holds there are on their memory. */
const packetsOf = (count: number, stepMs = 40) => {
  const holds = { now: 0 };
  const memory = { hold: () => holds.now++, release: () => holds.now-- };
  const coding = { codec: 'h264', parameterSets: Buffer.alloc(0) } as unknown as EncodedPacket['coding'];
  const packets = Array.from({ length: count }, (_, at): EncodedPacket => {
    const ptsUs = at * stepMs * 1000;
    const times = { ptsUs, dtsUs: ptsUs, capturedAt: 0, receivedAt: 0 };
    return { data: Buffer.alloc(1), memory, coding, isKeyframe: at === 0, ...times };
  });
  return { packets, holds };
};

const fill = (packets: readonly EncodedPacket[]): PacketBunch => {
  const bunch = new PacketBunch();
  for (const packet of packets) bunch.push(packet);
  return bunch;
};

test('gives packets in their order, says which is the last, and holds each until it was given', () => {
  const { packets, holds } = packetsOf(5);
  const bunch = fill(packets);
  const given: [EncodedPacket, boolean, number][] = [];

  bunch.drain((packet, isLast) => given.push([packet, isLast, holds.now]));

  expect(given).toEqual(packets.map((packet, at) => [packet, at === 4, 5 - at]));
  expect(holds.now).toBe(0);
  bunch.drain(() => expect.unreachable('nothing is left'));
});

test('lets go of what nobody wanted', () => {
  const { packets, holds } = packetsOf(3);
  const bunch = fill(packets);

  expect(holds.now).toBe(3);
  expect(bunch.clear()).toBe(3);
  expect(holds.now).toBe(0);
  expect(bunch.clear()).toBe(0);
});

test.each([
  ['sixteen packets', 16, 40],
  ['what came over seven tenths of a second', 8, 100],
])('is full with %s', (_, count, stepMs) => {
  const { packets } = packetsOf(count, stepMs);

  expect(fill(packets.slice(0, -1)).isFull).toBe(false);
  expect(fill(packets).isFull).toBe(true);
});
