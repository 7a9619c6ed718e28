export type VideoCodec = 'h264' | 'h265';

/** One picture as it is coded: its NAL units without start codes or lengths. */
export interface AccessUnit {
  nals: readonly Buffer[];
  isKeyframe: boolean;
}

/** Types of the parameter sets, in the order in which SDP names them (H.264 7.4.1, H.265 7.4.2.2). */
const parameterSetTypes = { h264: [7, 8], h265: [32, 33, 34] } as const;

export const nalTypeOf = (codec: VideoCodec, nal: Uint8Array): number =>
  codec === 'h264' ? (nal[0] ?? 0) & 0x1f : ((nal[0] ?? 0) >> 1) & 0x3f;

/** The first unit's parameter sets, in SDP's order; fewer when it carries fewer. */
export const parameterSetsOf = (codec: VideoCodec, unit: AccessUnit): Buffer[] =>
  parameterSetTypes[codec].flatMap((type) => {
    const set = unit.nals.find((nal) => nalTypeOf(codec, nal) === type);
    return set ? [set] : [];
  });

const lengthBytes = 4;

/** Splits a picture as MP4 stores it: each NAL unit after its length in four bytes. */
export const splitLengthPrefixed = (data: Buffer): Buffer[] => {
  const nals: Buffer[] = [];
  for (let at = 0; at + lengthBytes <= data.length; ) {
    const end = at + lengthBytes + data.readUInt32BE(at);
    if (end > data.length) break;
    nals.push(data.subarray(at + lengthBytes, end));
    at = end;
  }
  return nals;
};
