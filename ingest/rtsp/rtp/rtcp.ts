import type { SenderReport } from './sender-clock.ts';
import type { Reception } from './sequence-tracker.ts';

/** Packet types of RFC 3550 section 12.1. */
const types = { senderReport: 200, receiverReport: 201, sourceDescription: 202, goodbye: 203 };

export interface Rtcp {
  report: SenderReport | undefined;
  isGoodbye: boolean;
}

/** Reads a compound RTCP packet as far as it is sound. */
export const readRtcp = (bytes: Buffer, begin: number, end: number): Rtcp => {
  const found: Rtcp = { report: undefined, isGoodbye: false };
  let at = begin;
  while (at + 4 <= end && (bytes[at] ?? 0) >> 6 === 2) {
    const type = bytes[at + 1];
    const next = at + 4 + bytes.readUInt16BE(at + 2) * 4;
    if (next > end) break;
    if (type === types.goodbye) found.isGoodbye = true;
    if (type === types.senderReport && next - at >= 28) {
      found.report = {
        source: bytes.readUInt32BE(at + 4),
        ntpSeconds: bytes.readUInt32BE(at + 8),
        ntpFraction: bytes.readUInt32BE(at + 12),
        rtpTime: bytes.readUInt32BE(at + 16),
      };
    }
    at = next;
  }
  return found;
};

export interface ReceiverReport extends Reception {
  /** Our own SSRC, and the sender's. */
  receiver: number;
  source: number;
  /** The latest sender report and how long ago it came, in milliseconds. */
  latest: { report: SenderReport; ageMs: number } | undefined;
}

/** SDES with a CNAME, which every compound packet must have (RFC 3550 section 6.1). */
const writeSourceDescription = (receiver: number): Buffer => {
  const name = Buffer.from('xueliang');
  const chunk = Buffer.alloc(Math.ceil((4 + 2 + name.length + 1) / 4) * 4);
  chunk.writeUInt32BE(receiver, 0);
  chunk[4] = 1;
  chunk[5] = name.length;
  name.copy(chunk, 6);
  return Buffer.concat([Buffer.from([0x81, types.sourceDescription, 0, chunk.length / 4]), chunk]);
};

/**
 * A receiver report with one block. The jitter is left 0: packets are read in bunches, and what would be measured
 * is our own rhythm.
 */
export const writeReceiverReport = ({ receiver, source, latest, ...reception }: ReceiverReport): Buffer => {
  const block = Buffer.alloc(32);
  block[0] = 0x81;
  block[1] = types.receiverReport;
  block.writeUInt16BE(7, 2);
  block.writeUInt32BE(receiver, 4);
  block.writeUInt32BE(source, 8);
  block[12] = reception.lostFraction;
  block.writeUIntBE(Math.min(reception.lost, 0x7f_ffff), 13, 3);
  block.writeUInt32BE(reception.highest, 16);
  if (latest) {
    const { ntpSeconds, ntpFraction } = latest.report;
    block.writeUInt16BE(ntpSeconds & 0xffff, 24);
    block.writeUInt16BE(ntpFraction >>> 16, 26);
    block.writeUInt32BE(Math.floor((latest.ageMs * 65_536) / 1000) >>> 0, 28);
  }
  return Buffer.concat([block, writeSourceDescription(receiver)]);
};
