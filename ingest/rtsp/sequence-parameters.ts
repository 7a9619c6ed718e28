/** NAL unit types by ITU-T H.264 table 7-1 and H.265 table 7-1. */
const h264 = { set: 7, firstPicture: 1, lastPicture: 5 };
const h265 = { set: 33, firstPicture: 0, lastPicture: 31 };

/** Further in than this no encoder puts its parameter sets. */
const maxSearchedBytes = 4096;

const startCode = Buffer.from([0, 0, 1]);

/**
 * The sequence parameter set that a keyframe in Annex B form carries: size, profile and reference frames. Nothing when
 * it carries none, as with cameras that send it in the session description only.
 */
export const sequenceParametersOf = (codec: 'h264' | 'h265', keyframe: Buffer): Buffer | undefined => {
  const { set, firstPicture, lastPicture } = codec === 'h264' ? h264 : h265;
  const head = keyframe.subarray(0, maxSearchedBytes);
  let at = head.indexOf(startCode);
  while (at >= 0) {
    const begin = at + startCode.length;
    const header = head[begin];
    if (header === undefined) return undefined;
    const type = codec === 'h264' ? header & 0x1f : (header >> 1) & 0x3f;
    if (type >= firstPicture && type <= lastPicture) return undefined;
    at = head.indexOf(startCode, begin);
    if (type === set) {
      const unit = head.subarray(begin, at < 0 ? head.length : at);
      const length = unit.findLastIndex((byte) => byte !== 0) + 1;
      return Buffer.from(unit.subarray(0, length));
    }
  }
  return undefined;
};
