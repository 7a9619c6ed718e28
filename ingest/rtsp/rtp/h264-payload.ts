import { unusualStream } from '../unusual-stream.ts';
import type { AccessUnitAssembler } from './access-unit-assembler.ts';

/** Payload structures of RFC 6184 table 1. Below the first of them the payload is one NAL unit. */
const aggregation = 24;
const fragment = 28;

/** Length-prefixed NAL units one behind the other. */
export const addAggregated = (
  bytes: Buffer,
  begin: number,
  end: number,
  assembler: AccessUnitAssembler,
): void => {
  let at = begin;
  while (at + 2 <= end) {
    const from = at + 2;
    const to = from + bytes.readUInt16BE(at);
    // A length that leads out of the packet: what is left of the packet is lost.
    if (to > end) assembler.gap();
    else assembler.add(bytes, from, to);
    at = to;
  }
};

/** Takes the payload of one RTP packet apart (RFC 6184: single NAL unit, STAP-A, FU-A). */
export const addH264 = (bytes: Buffer, begin: number, end: number, assembler: AccessUnitAssembler): void => {
  const indicator = bytes[begin] ?? 0;
  const type = indicator & 0x1f;
  if (begin >= end || type === 0) return;
  if (type < aggregation) assembler.add(bytes, begin, end);
  else if (type === aggregation) addAggregated(bytes, begin + 1, end, assembler);
  else if (type === fragment) addFragment(bytes, begin, end, assembler);
  else throw unusualStream(`it packs H.264 as structure ${type} of RFC 6184`);
};

const addFragment = (bytes: Buffer, begin: number, end: number, assembler: AccessUnitAssembler): void => {
  if (end - begin < 2) {
    assembler.gap();
    return;
  }
  const indicator = bytes[begin] ?? 0;
  const header = bytes[begin + 1] ?? 0;
  const type = header & 0x1f;
  if ((header & 0x80) !== 0) {
    assembler.addFirst((indicator & 0xe0) | type, undefined, bytes, begin + 2, end);
  } else assembler.addNext(type, bytes, begin + 2, end);
  if ((header & 0x40) !== 0) assembler.addEnd();
};
