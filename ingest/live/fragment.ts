import { box, fullBox, u32, u64 } from '../mp4/boxes.ts';
import { trackId } from '../mp4/movie.ts';
import { unitsOf } from '../mp4/nal-units.ts';

export interface Sample {
  /** Annex B. */
  data: Buffer;
  isKeyframe: boolean;
  /** Ticks. */
  decodeTime: number;
  /** Ticks from decoding to showing. */
  shownAfter: number;
  duration: number;
  /** Milliseconds since 1970. */
  capturedAt: number;
}

/** From 1900, where NTP begins, to 1970 (RFC 5905). */
const ntpOffsetSeconds = 2_208_988_800;

const toNtp = (atMs: number): bigint => {
  const seconds = Math.floor(atMs / 1000);
  const fraction = Math.floor(((atMs - seconds * 1000) / 1000) * 2 ** 32);
  return (BigInt(seconds + ntpOffsetSeconds) << 32n) | BigInt(fraction);
};

/** Of `trun`'s first sample: leans on no other, or on one before it. */
const flagsOf = (isKeyframe: boolean): number => (isKeyframe ? 0x02000000 : 0x01010000);

/** Each unit with its length before it, where start codes were. */
const toLengthPrefixed = (data: Buffer): Buffer =>
  Buffer.concat(unitsOf(data).flatMap((unit) => [u32(unit.length), unit]));

/** `trun` has a data offset, and of its sample duration, size, flags and composition offset. */
const runFlags = 0x000001 | 0x000100 | 0x000200 | 0x000400 | 0x000800;
const baseIsMoof = 0x020000;

/**
 * One picture as a fragment: `prft` with the time of light, so that an overlay can be in step, then `moof` and `mdat`
 * (ISO/IEC 14496-12, 8.8 and 8.16.5).
 */
export const toFragment = (sequence: number, sample: Sample): Buffer => {
  const { isKeyframe, decodeTime, shownAfter, duration, capturedAt } = sample;
  const data = toLengthPrefixed(sample.data);
  const decodedAt = u64(BigInt(decodeTime));
  const told = fullBox('prft', 1, 0x18, u32(trackId), u64(toNtp(capturedAt)), decodedAt);
  const fragmentOf = (dataOffset: number): Buffer => {
    const facts = [u32(duration), u32(data.length), u32(flagsOf(isKeyframe)), u32(shownAfter)];
    const run = fullBox('trun', 1, runFlags, u32(1), u32(dataOffset), ...facts);
    const header = fullBox('tfhd', 0, baseIsMoof, u32(trackId));
    const traf = box('traf', header, fullBox('tfdt', 1, 0, decodedAt), run);
    return box('moof', fullBox('mfhd', 0, 0, u32(sequence)), traf);
  };
  const mdatHeaderBytes = 8;
  const moof = fragmentOf(fragmentOf(0).length + mdatHeaderBytes);
  return Buffer.concat([told, moof, box('mdat', data)]);
};
