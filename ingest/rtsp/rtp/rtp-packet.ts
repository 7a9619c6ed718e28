/** What a stream needs of an RTP packet (RFC 3550 section 5.1). One object a stream, filled anew for each packet. */
export interface RtpPacket {
  hasMarker: boolean;
  payloadType: number;
  /** 16 bits. */
  sequence: number;
  /** 32 bits, in ticks of the track's clock. */
  time: number;
  /** The SSRC: another one is another sender, with sequence and time of its own. */
  source: number;
  /** The payload lies from here to there in the bytes that were read. */
  begin: number;
  end: number;
}

export const createRtpPacket = (): RtpPacket => ({
  hasMarker: false,
  payloadType: 0,
  sequence: 0,
  time: 0,
  source: 0,
  begin: 0,
  end: 0,
});

const fixedBytes = 12;

/** Reads the packet that lies between `begin` and `end`. False when it is none. */
export const readRtp = (bytes: Buffer, begin: number, end: number, packet: RtpPacket): boolean => {
  if (end - begin < fixedBytes) return false;
  const flags = bytes[begin] ?? 0;
  const kind = bytes[begin + 1] ?? 0;
  if (flags >> 6 !== 2) return false;
  let from = begin + fixedBytes + (flags & 0x0f) * 4;
  // The extension has a length of its own, in words.
  if ((flags & 0x10) !== 0) {
    if (from + 4 > end) return false;
    from += 4 + bytes.readUInt16BE(from + 2) * 4;
  }
  const padding = (flags & 0x20) === 0 ? 0 : (bytes[end - 1] ?? 0);
  if (from + padding > end) return false;
  packet.hasMarker = kind >= 0x80;
  packet.payloadType = kind & 0x7f;
  packet.sequence = bytes.readUInt16BE(begin + 2);
  packet.time = bytes.readUInt32BE(begin + 4);
  packet.source = bytes.readUInt32BE(begin + 8);
  packet.begin = from;
  packet.end = end - padding;
  return true;
};
