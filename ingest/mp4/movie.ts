import type { PictureSize } from '../ring/coding.ts';
import { box, fullBox, u8, u16, u32 } from './boxes.ts';
import type { CodecRecord } from './codec-record.ts';

/** Ticks a second: the RTP clock of video (RFC 6184, RFC 7798). */
export const ticksPerSecond = 90_000;
export const trackId = 1;

/** What a file says of its one track. */
export interface Movie {
  codec: CodecRecord;
  size: PictureSize;
  /** Ticks; 0 when that is not known before the last fragment. */
  duration: number;
  /** Ticks of decoding that pass before the first picture is shown: more than none where pictures are reordered. */
  shownAfter: number;
  /** `stts` and the others about each picture (ISO/IEC 14496-12, 8.6 and 8.7). */
  tables: readonly Buffer[];
  /** Of the movie, behind its track. */
  rest?: readonly Buffer[];
}

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

/** Begins showing where the first picture is, and not where it is decoded. */
const edit = ({ duration, shownAfter }: Movie): Buffer[] =>
  shownAfter === 0
    ? []
    : [box('edts', fullBox('elst', 0, 0, u32(1), u32(duration), u32(shownAfter), u32(0x10000)))];

const track = (movie: Movie): Buffer => {
  const { codec, size, duration, tables } = movie;
  const shown = Buffer.concat([u32(size.width * 2 ** 16), u32(size.height * 2 ** 16)]);
  const header = fullBox(
    'tkhd',
    0,
    3,
    zeros(8),
    u32(trackId),
    zeros(4),
    u32(duration),
    zeros(16),
    matrix,
    shown,
  );
  const reference = box('dinf', fullBox('dref', 0, 0, u32(1), fullBox('url ', 0, 1)));
  const samples = box('stbl', sampleDescription(codec, size), ...tables);
  const information = box('minf', fullBox('vmhd', 0, 1, zeros(8)), reference, samples);
  const handler = fullBox('hdlr', 0, 0, zeros(4), Buffer.from('vide'), zeros(12), u8(0));
  const undetermined = 0x55c4; // the language `und`, five bits a letter
  const mediaHeader = fullBox(
    'mdhd',
    0,
    0,
    zeros(8),
    u32(ticksPerSecond),
    u32(duration),
    u16(undetermined),
    zeros(2),
  );
  return box('trak', header, ...edit(movie), box('mdia', mediaHeader, handler, information));
};

/** The boxes `ftyp` and `moov`, with which a file begins (ISO/IEC 14496-12). `brands` are four letters each, the major one first. */
export const toMovie = (brands: string, movie: Movie): Buffer => {
  const letters = Buffer.from(brands, 'latin1');
  const type = box('ftyp', letters.subarray(0, 4), u32(0), letters.subarray(4));
  const rate = Buffer.concat([u32(0x10000), u16(0x100), zeros(10)]);
  const header = fullBox(
    'mvhd',
    0,
    0,
    zeros(8),
    u32(ticksPerSecond),
    u32(movie.duration),
    rate,
    matrix,
    zeros(24),
    u32(trackId + 1),
  );
  return Buffer.concat([type, box('moov', header, track(movie), ...(movie.rest ?? []))]);
};
