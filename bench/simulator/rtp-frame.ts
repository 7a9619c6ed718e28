import { nalTypeOf, type VideoCodec } from './access-unit.ts';

/** A picture as the interleaved RTP packets that carry it, ready to be copied and stamped for a receiver. */
export interface RtpFrame {
  bytes: Buffer;
  /** Where in `bytes` each packet begins, at its `$`. */
  packetStarts: readonly number[];
}

/** What differs between receivers of the same picture. */
export interface RtpStamp {
  channel: number;
  ssrc: number;
  /** Of the first packet. */
  sequence: number;
  /** In ticks of 90 kHz. */
  timestamp: number;
}

/** What fits an Ethernet frame after IP and UDP headers, as cameras cut it also over TCP. */
export const maxPayloadBytes = 1400;
export const payloadType = 96;

/** `$`, channel and length (RFC 2326 10.12), then the fixed RTP header (RFC 3550 5.1). */
const framingBytes = 4;
const rtpHeaderBytes = 12;
const headerBytes = framingBytes + rtpHeaderBytes;

/** Cuts a picture into packets: small NAL units as they are, large ones in fragments (RFC 6184 5.8, RFC 7798 4.4.3). */
export const packetise = (codec: VideoCodec, nals: readonly Buffer[]): RtpFrame => {
  const payloads = nals.flatMap((nal) =>
    nal.length <= maxPayloadBytes ? [nal] : codec === 'h264' ? fragmentH264(nal) : fragmentH265(nal),
  );
  const bytes = Buffer.alloc(payloads.reduce((sum, { length }) => sum + headerBytes + length, 0));
  const packetStarts: number[] = [];
  let at = 0;
  for (const [index, payload] of payloads.entries()) {
    packetStarts.push(at);
    const isLast = index === payloads.length - 1;
    bytes[at] = 0x24;
    bytes.writeUInt16BE(rtpHeaderBytes + payload.length, at + 2);
    bytes[at + framingBytes] = 0x80;
    bytes[at + framingBytes + 1] = payloadType | (isLast ? 0x80 : 0);
    payload.copy(bytes, at + headerBytes);
    at += headerBytes + payload.length;
  }
  return { bytes, packetStarts };
};

/** A copy with one receiver's channel, source, sequence numbers and time in it. */
export const stampFrame = ({ bytes, packetStarts }: RtpFrame, stamp: RtpStamp): Buffer => {
  const copy = Buffer.allocUnsafe(bytes.length);
  bytes.copy(copy);
  let { sequence } = stamp;
  for (const at of packetStarts) {
    copy[at + 1] = stamp.channel;
    copy.writeUInt16BE(sequence & 0xffff, at + framingBytes + 2);
    copy.writeUInt32BE(stamp.timestamp, at + framingBytes + 4);
    copy.writeUInt32BE(stamp.ssrc, at + framingBytes + 8);
    sequence++;
  }
  return copy;
};

const fragmentUnit = (headerOf: (isFirst: boolean, isLast: boolean) => Buffer, body: Buffer): Buffer[] => {
  const room = maxPayloadBytes - headerOf(true, true).length;
  const fragments: Buffer[] = [];
  for (let at = 0; at < body.length; at += room) {
    const isLast = at + room >= body.length;
    fragments.push(Buffer.concat([headerOf(at === 0, isLast), body.subarray(at, at + room)]));
  }
  return fragments;
};

const edges = (isFirst: boolean, isLast: boolean): number => (isFirst ? 0x80 : 0) | (isLast ? 0x40 : 0);

/** FU-A: importance bits stay, the type moves into the second byte. */
const fragmentH264 = (nal: Buffer): Buffer[] =>
  fragmentUnit(
    (isFirst, isLast) =>
      Buffer.from([((nal[0] ?? 0) & 0xe0) | 28, edges(isFirst, isLast) | nalTypeOf('h264', nal)]),
    nal.subarray(1),
  );

/** FU: layer and temporal id stay, the type moves into the third byte. */
const fragmentH265 = (nal: Buffer): Buffer[] =>
  fragmentUnit(
    (isFirst, isLast) =>
      Buffer.from([
        ((nal[0] ?? 0) & 0x81) | (49 << 1),
        nal[1] ?? 0,
        edges(isFirst, isLast) | nalTypeOf('h265', nal),
      ]),
    nal.subarray(2),
  );
