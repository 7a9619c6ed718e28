import type { Coding } from '../ring/coding.ts';
import { BitReader } from './bit-reader.ts';
import { box, u8, u16 } from './boxes.ts';
import { toPayload, unitsOf } from './nal-units.ts';

/** How a player's decoder is set up. */
export interface CodecRecord {
  /** As in RFC 6381: what a browser is asked whether it can play. */
  codec: string;
  sampleEntry: 'avc1' | 'hvc1';
  /** The box `avcC` or `hvcC` (ISO/IEC 14496-15). */
  record: Buffer;
}

/** Unit types by ITU-T H.264 table 7-1 and H.265 table 7-1. */
const h264 = { sps: 7, pps: 8 };
const h265 = { vps: 32, sps: 33, pps: 34 };
/** Each unit's length is written in four bytes. */
const lengthSizeMinusOne = 3;

/** A parameter set's own length is written in two. */
const longestUnit = 0xffff;

const sized = (unit: Buffer): Buffer => Buffer.concat([u16(unit.length), unit]);

const hex = (value: number): string => value.toString(16).padStart(2, '0');

const toAvc = (units: readonly Buffer[]): CodecRecord | undefined => {
  const ofType = (type: number) => units.filter((unit) => ((unit[0] ?? 0) & 0x1f) === type);
  const [sets, pictureSets] = [ofType(h264.sps).slice(0, 31), ofType(h264.pps).slice(0, 255)];
  const [, profile, constraints, level] = sets[0] ?? [];
  if (profile === undefined || constraints === undefined || level === undefined) return undefined;
  if (pictureSets.length === 0) return undefined;
  const head = u8(1, profile, constraints, level, 0xfc | lengthSizeMinusOne, 0xe0 | sets.length);
  const record = box('avcC', head, ...sets.map(sized), u8(pictureSets.length), ...pictureSets.map(sized));
  return { codec: `avc1.${hex(profile)}${hex(constraints)}${hex(level)}`, sampleEntry: 'avc1', record };
};

/** Header of the unit, and a byte with the number of layers; then twelve bytes of profile, tier and level (7.3.2.2). */
const profileAt = 3;
const profileBytes = 12;

/** What of a sequence's set stands behind the layers' own profiles. */
const readFormat = (payload: Buffer) => {
  const layers = ((payload[2] ?? 0) >> 1) & 7;
  const bits = new BitReader(payload, profileAt + profileBytes);
  const present = Array.from({ length: layers }, () => ({ profile: bits.bits(1), level: bits.bits(1) }));
  if (layers > 0) bits.skip(2 * (8 - layers));
  for (const { profile, level } of present) bits.skip(88 * profile + 8 * level);
  bits.number(); // its id
  const chroma = bits.number();
  if (chroma === 3) bits.skip(1);
  bits.number(); // width
  bits.number(); // height
  if (bits.bits(1) === 1) for (let side = 0; side < 4; side++) bits.number();
  const depths = { luma: bits.number(), chromatic: bits.number() };
  return { layers: layers + 1, isNested: (payload[2] ?? 0) & 1, chroma, ...depths };
};

/** `hvc1.1.6.L93.B0`: profile, compatible profiles backwards, tier and level, constraints (ISO/IEC 14496-15 annex E). */
const toHevcString = (profile: Buffer): string => {
  const first = profile[0] ?? 0;
  const space = ['', 'A', 'B', 'C'][first >> 6] ?? '';
  const flags = profile.readUInt32BE(1);
  let compatible = 0;
  for (let bit = 0; bit < 32; bit++) if ((flags >>> bit) & 1) compatible += 2 ** (31 - bit);
  const constraints = [...profile.subarray(5, 11)];
  while (constraints.at(-1) === 0) constraints.pop();
  const tier = first & 0x20 ? 'H' : 'L';
  return [
    `hvc1.${space}${first & 0x1f}`,
    compatible.toString(16),
    `${tier}${profile[11]}`,
    ...constraints.map((byte) => byte.toString(16).toUpperCase()),
  ].join('.');
};

const toHevc = (units: readonly Buffer[]): CodecRecord | undefined => {
  const ofType = (type: number) => units.filter((unit) => (((unit[0] ?? 0) >> 1) & 0x3f) === type);
  const sets = [h265.vps, h265.sps, h265.pps].map((type) => ({ type, units: ofType(type) }));
  const sequence = sets[1]?.units[0];
  if (!sequence || sets.some((set) => set.units.length === 0)) return undefined;
  const payload = toPayload(sequence);
  const profile = payload.subarray(profileAt, profileAt + profileBytes);
  if (profile.length < profileBytes) return undefined;
  const { layers, isNested, chroma, luma, chromatic } = readFormat(payload);
  const record = box(
    'hvcC',
    u8(1),
    profile,
    u16(0xf000), // no smallest spatial segmentation is promised
    u8(0xfc, 0xfc | (chroma & 3), 0xf8 | (luma & 7), 0xf8 | (chromatic & 7)),
    u16(0), // no average rate is promised
    u8(((layers & 7) << 3) | (isNested << 2) | lengthSizeMinusOne, sets.length),
    ...sets.flatMap((set) => [u8(0x80 | set.type), u16(set.units.length), ...set.units.map(sized)]),
  );
  return { codec: toHevcString(profile), sampleEntry: 'hvc1', record };
};

/** What a player must know of a coding before its first picture; nothing when its parameter sets do not say it. */
export const toCodecRecord = ({ codec, parameterSets }: Coding): CodecRecord | undefined => {
  const units = unitsOf(parameterSets);
  if (units.some(({ length }) => length > longestUnit)) return undefined;
  return codec === 'h264' ? toAvc(units) : toHevc(units);
};
