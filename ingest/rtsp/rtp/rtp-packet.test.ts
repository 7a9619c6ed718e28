import { expect, test } from 'vitest';
import { toRtp } from '../../../test/fixtures/ingest/rtp-sender.ts';
import { createRtpPacket, readRtp } from './rtp-packet.ts';

const read = (bytes: Buffer, begin = 0, end = bytes.length) => {
  const packet = createRtpPacket();
  return readRtp(bytes, begin, end, packet) ? packet : undefined;
};

const payload = Buffer.from([1, 2, 3, 4]);
const plain = toRtp({ sequence: 65_535, time: 0xffff_ffff, payload, hasMarker: true, source: 0xdead_beef });

/** The packet with other flags, and something between its header and payload. */
const altered = (flags: number, between: readonly number[], after: readonly number[] = []): Buffer =>
  Buffer.concat([
    Buffer.from([flags]),
    plain.subarray(1, 12),
    Buffer.from(between),
    payload,
    Buffer.from(after),
  ]);

test('reads a packet where it lies', () => {
  const bytes = Buffer.concat([Buffer.alloc(5, 0xff), plain, Buffer.alloc(5, 0xff)]);

  expect(read(bytes, 5, 5 + plain.length)).toEqual({
    hasMarker: true,
    payloadType: 96,
    sequence: 65_535,
    time: 0xffff_ffff,
    source: 0xdead_beef,
    begin: 17,
    end: 21,
  });
});

test.each([
  ['contributing sources', altered(0x82, Array(8).fill(9)), 20, 24],
  ['an extension', altered(0x90, [0xbe, 0xde, 0, 1, 9, 9, 9, 9]), 20, 24],
  ['padding', altered(0xa0, [], [0, 0, 3]), 12, 16],
])('finds the payload between %s', (_, bytes, begin, end) => {
  expect(read(bytes)).toMatchObject({ begin, end });
});

test.each([
  ['nothing', Buffer.alloc(0)],
  ['half a header', plain.subarray(0, 11)],
  ['another version', altered(0x40, [])],
  ['sources beyond its end', altered(0x8f, [])],
  ['an extension beyond its end', altered(0x90, [0, 0, 0xff, 0xff])],
  ['more padding than bytes', altered(0xa0, [], [200])],
])('takes %s for no packet', (_, bytes) => {
  expect(read(bytes)).toBeUndefined();
});
