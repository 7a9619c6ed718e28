import type { PictureSize } from '../ring/coding.ts';
import { box, fullBox, u8, u16, u32 } from './boxes.ts';
import type { CodecRecord } from './codec-record.ts';

/** Ticks a second: the RTP clock of video (RFC 6184, RFC 7798). */
export const ticksPerSecond = 90_000;
export const trackId = 1;

/** Turns nothing: the unity matrix in 16.16 and 2.30 fixed point. */
const matrix = Buffer.concat([0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000].map(u32));
const zeros = (count: number): Buffer => Buffer.alloc(count);

const sampleDescription = ({ sampleEntry, record }: CodecRecord, { width, height }: PictureSize): Buffer => {
  const resolution = Buffer.concat([u32(72 << 16), u32(72 << 16)]);
  const entry = box(
    sampleEntry,
    zeros(6),
    u16(1), // the data lies in this very file
    zeros(16),
    u16(width),
    u16(height),
    resolution,
    zeros(4),
    u16(1), // a picture a sample
    zeros(32),
    u16(24), // colour without transparency
    u16(0xffff),
    record,
  );
  return fullBox('stsd', 0, 0, u32(1), entry);
};

const track = (codec: CodecRecord, size: PictureSize): Buffer => {
  const shown = Buffer.concat([u32(size.width * 2 ** 16), u32(size.height * 2 ** 16)]);
  const header = fullBox('tkhd', 0, 3, zeros(8), u32(trackId), zeros(24), matrix, shown);
  const emptyTables = [
    fullBox('stts', 0, 0, u32(0)),
    fullBox('stsc', 0, 0, u32(0)),
    fullBox('stsz', 0, 0, u32(0), u32(0)),
    fullBox('stco', 0, 0, u32(0)),
  ];
  const reference = box('dinf', fullBox('dref', 0, 0, u32(1), fullBox('url ', 0, 1)));
  const tables = box('stbl', sampleDescription(codec, size), ...emptyTables);
  const information = box('minf', fullBox('vmhd', 0, 1, zeros(8)), reference, tables);
  const handler = fullBox('hdlr', 0, 0, zeros(4), Buffer.from('vide'), zeros(12), u8(0));
  const undetermined = 0x55c4; // the language `und`, five bits a letter
  const mediaHeader = fullBox(
    'mdhd',
    0,
    0,
    zeros(8),
    u32(ticksPerSecond),
    u32(0),
    u16(undetermined),
    zeros(2),
  );
  return box('trak', header, box('mdia', mediaHeader, handler, information));
};

/** What a player is given before the first fragment (ISO/IEC 14496-12, and the ISO BMFF byte stream format of MSE). */
export const toInitSegment = (codec: CodecRecord, size: PictureSize): Buffer => {
  const brands = Buffer.from('iso6iso6mp41', 'latin1');
  const type = box('ftyp', brands.subarray(0, 4), u32(0), brands.subarray(4));
  const rate = Buffer.concat([u32(0x10000), u16(0x100), zeros(10)]);
  const header = fullBox(
    'mvhd',
    0,
    0,
    zeros(8),
    u32(ticksPerSecond),
    u32(0),
    rate,
    matrix,
    zeros(24),
    u32(2),
  );
  const fragmented = box('mvex', fullBox('trex', 0, 0, u32(trackId), u32(1), zeros(12)));
  return Buffer.concat([type, box('moov', header, track(codec, size), fragmented)]);
};
