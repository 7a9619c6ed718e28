import { unusualStream } from '../unusual-stream.ts';
import type { AccessUnitAssembler } from './access-unit-assembler.ts';
import { addAggregated } from './h264-payload.ts';

/** Payload structures of RFC 7798 section 4.4. Below the first of them the payload is one NAL unit. */
const aggregation = 48;
const fragment = 49;

/**
 * Takes the payload of one RTP packet apart (RFC 7798: single NAL unit, AP, FU). Without DONL: the session description
 * of a stream that has it says so, and is left to FFmpeg.
 */
export const addH265 = (bytes: Buffer, begin: number, end: number, assembler: AccessUnitAssembler): void => {
  if (end - begin < 2) return;
  const type = ((bytes[begin] ?? 0) >> 1) & 0x3f;
  if (type < aggregation) assembler.add(bytes, begin, end);
  else if (type === aggregation) addAggregated(bytes, begin + 2, end, assembler);
  else if (type === fragment) addFragment(bytes, begin, end, assembler);
  else throw unusualStream(`it packs H.265 as structure ${type} of RFC 7798`);
};

const addFragment = (bytes: Buffer, begin: number, end: number, assembler: AccessUnitAssembler): void => {
  if (end - begin < 3) {
    assembler.gap();
    return;
  }
  const first = bytes[begin] ?? 0;
  const header = bytes[begin + 2] ?? 0;
  const type = header & 0x3f;
  if ((header & 0x80) !== 0) {
    assembler.addFirst((first & 0x81) | (type << 1), bytes[begin + 1], bytes, begin + 3, end);
  } else assembler.addNext(type, bytes, begin + 3, end);
  if ((header & 0x40) !== 0) assembler.addEnd();
};
