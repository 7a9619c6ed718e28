/** What the two codecs' NAL units differ in: ITU-T H.264 table 7-1, H.265 table 7-1. */
export interface NalRules {
  headerBytes: 1 | 2;
  typeOf(firstByte: number): number;
  isSlice(type: number): boolean;
  /** A slice from which decoding can begin. */
  isKeyframe(type: number): boolean;
  /** Types of parameter sets, in the order in which a decoder wants them. */
  parameterSets: readonly number[];
}

const h264: NalRules = {
  headerBytes: 1,
  typeOf: (firstByte) => firstByte & 0x1f,
  isSlice: (type) => type >= 1 && type <= 5,
  isKeyframe: (type) => type === 5,
  parameterSets: [7, 8],
};

const h265: NalRules = {
  headerBytes: 2,
  typeOf: (firstByte) => (firstByte >> 1) & 0x3f,
  isSlice: (type) => type <= 31,
  // IRAP pictures, without the two types that are reserved.
  isKeyframe: (type) => type >= 16 && type <= 21,
  parameterSets: [32, 33, 34],
};

export const nalRules = { h264, h265 } as const;
