import { u32 } from '../../mp4/boxes.ts';
import { toCodecRecord } from '../../mp4/codec-record.ts';
import { toMovie } from '../../mp4/movie.ts';
import { unitsOf } from '../../mp4/nal-units.ts';
import { type MovieSample, toSampleTables } from '../../mp4/sample-tables.ts';
import type { Coding } from '../../ring/coding.ts';
import type { EncodedPacket } from '../../ring/encoded-packet.ts';
import { evidenceError } from '../errors.ts';
import { toClipTimes } from './clip-times.ts';

/** A clip as it will stand in its file. */
export interface ClipFile {
  /** All before the pictures. */
  head: Buffer;
  /** The units of all pictures, without their lengths. Share the packets' memory. */
  units: readonly Buffer[];
}

/** Before each unit, where the packets have start codes. */
const lengthBytes = 4;
/** What FFmpeg names for any codec, so that what played the clips of before plays these. */
const brands = 'isomisomiso2mp41';

const movieOf = ({ size, ...coding }: Coding) => {
  const codec = toCodecRecord(coding);
  if (!codec) {
    throw evidenceError(
      'evidence-unmuxable',
      'the camera has sent no parameter sets that say how to play it',
    );
  }
  if (!size) throw evidenceError('evidence-unmuxable', 'no picture of this coding could be decoded');
  return { codec, size };
};

/**
 * Lays out packets of one coding, beginning with a keyframe, as MP4 with its index in front, so that a browser plays it
 * while it loads. Throws `evidence-unmuxable`.
 */
export const toClipFile = (packets: readonly EncodedPacket[], coding: Coding): ClipFile => {
  const times = toClipTimes(packets.map(({ ptsUs }) => ptsUs));
  const units: Buffer[] = [];
  const samples: MovieSample[] = [];
  for (const [index, { data, isKeyframe }] of packets.entries()) {
    const own = unitsOf(data);
    units.push(...own);
    const sizeBytes = own.reduce((sum, unit) => sum + lengthBytes + unit.length, 0);
    const { pts = 0, dts = 0, duration = 0 } = times[index] ?? {};
    samples.push({ sizeBytes, isKeyframe, duration, shownAfter: pts - dts });
  }
  const movie = {
    ...movieOf(coding),
    duration: samples.reduce((sum, { duration }) => sum + duration, 0),
    shownAfter: -(times[0]?.dts ?? 0),
  };
  const movieAt = (offset: number): Buffer =>
    toMovie(brands, { ...movie, tables: toSampleTables(samples, offset) });
  const bytes = samples.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const mdat = Buffer.concat([u32(bytes + 8), Buffer.from('mdat', 'latin1')]);
  const offset = movieAt(0).length + mdat.length;
  return { head: Buffer.concat([movieAt(offset), mdat]), units };
};

/** What stands in the file, piece by piece; a piece is valid until the next. */
export function* partsOf({ head, units }: ClipFile): Generator<Buffer> {
  yield head;
  const length = Buffer.alloc(lengthBytes);
  for (const unit of units) {
    length.writeUInt32BE(unit.length);
    yield length;
    yield unit;
  }
}
