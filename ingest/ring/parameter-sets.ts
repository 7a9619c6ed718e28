/** NAL unit types by ITU-T H.264 table 7-1 and H.265 table 7-1. */
const h264 = { sps: 7, pps: 8, lastPicture: 5 };
const h265 = { vps: 32, sps: 33, pps: 34, lastPicture: 31 };

interface NalUnit {
  type: number;
  bytes: Buffer;
}

const startCode = Buffer.from([0, 0, 0, 1]);
const shortStartCode = startCode.subarray(1);

const typeOf = (codec: 'h264' | 'h265', header: number): number =>
  codec === 'h264' ? header & 0x1f : (header >> 1) & 0x3f;

/** The units before the first one that carries a picture, of data with start codes (ITU-T H.264 annex B). */
const leadingUnits = (codec: 'h264' | 'h265', data: Buffer): NalUnit[] => {
  const units: NalUnit[] = [];
  const lastPicture = codec === 'h264' ? h264.lastPicture : h265.lastPicture;
  const firstPicture = codec === 'h264' ? 1 : 0;
  let at = data.indexOf(shortStartCode);
  while (at >= 0) {
    const begin = at + shortStartCode.length;
    const header = data[begin];
    if (header === undefined) break;
    const type = typeOf(codec, header);
    if (type >= firstPicture && type <= lastPicture) break;
    at = data.indexOf(shortStartCode, begin);
    const end = at < 0 ? data.length : at;
    // A unit ends with a one bit: zeros after it belong to the next start code.
    const length = data.subarray(begin, end).findLastIndex((byte) => byte !== 0) + 1;
    units.push({ type, bytes: data.subarray(begin, begin + length) });
  }
  return units;
};

/**
 * The parameter sets that a keyframe itself carries, with start codes; nothing when one kind is missing. They say
 * better than the session's description how the pictures that follow are coded: cameras change their settings
 * without a new description.
 */
export const parameterSetsOf = (codec: 'h264' | 'h265', keyframe: Buffer): Buffer | undefined => {
  const wanted = codec === 'h264' ? [h264.sps, h264.pps] : [h265.vps, h265.sps, h265.pps];
  const units = leadingUnits(codec, keyframe);
  // Cameras repeat them, now once and now twice.
  const isFirst = ({ bytes }: NalUnit, at: number) =>
    units.findIndex((unit) => unit.bytes.equals(bytes)) === at;
  const once = units.filter(isFirst);
  const sets = wanted.map((type) => once.filter((unit) => unit.type === type));
  if (sets.some((found) => found.length === 0)) return undefined;
  return Buffer.concat(sets.flat().flatMap((unit) => [startCode, unit.bytes]));
};
