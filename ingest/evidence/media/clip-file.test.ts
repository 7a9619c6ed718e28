import { expect, test } from 'vitest';
import type { Coding } from '../../ring/coding.ts';
import type { EncodedPacket } from '../../ring/encoded-packet.ts';
import { partsOf, toClipFile } from './clip-file.ts';

const parameterSets = Buffer.from('000000016742c01ed9005005bb01100000000168cb83cb20', 'hex');
const coding: Coding = { codec: 'h264', parameterSets, size: { width: 640, height: 480 } };

const packet = (at: number, data: string): EncodedPacket => ({
  ...{ coding, isKeyframe: at === 0, data: Buffer.from(data, 'hex') },
  ...{ ptsUs: at * 40_000, dtsUs: at * 40_000, capturedAt: 0, receivedAt: 0 },
});

const packets = [packet(0, '00000001658811000001658822'), packet(1, '00000001419a33')];

test('puts the index in front, and each unit’s length where its start code was', () => {
  const parts = [...partsOf(toClipFile(packets, coding))].map((part) => Buffer.from(part));
  const file = Buffer.concat(parts);
  const media = file.subarray(file.indexOf('mdat') + 4);

  expect(file.toString('latin1', 4, 8)).toBe('ftyp');
  expect(file.indexOf('moov')).toBeLessThan(file.indexOf('mdat'));
  expect(file.readUInt32BE(file.indexOf('mdat') - 4)).toBe(media.length + 8);
  expect(media.toString('hex')).toBe('000000036588110000000365882200000003419a33');
});

test.each<[string, Coding]>([
  ['no parameter sets', { ...coding, parameterSets: Buffer.alloc(0) }],
  ['no size, for nothing of it could be decoded', { codec: 'h264', parameterSets }],
])('refuses a coding of which there are %s', (_, of) => {
  expect(() => toClipFile(packets, of)).toThrow(expect.objectContaining({ code: 'evidence-unmuxable' }));
});
