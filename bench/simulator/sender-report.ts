import { fps } from './timeline.ts';

export interface SenderReport {
  channel: number;
  ssrc: number;
  /** Wall clock in milliseconds since 1970 and the RTP time of the same moment. */
  wallMs: number;
  timestamp: number;
  packets: number;
  octets: number;
}

export const ticksPerMs = 90;
export const ticksPerFrame = (ticksPerMs * 1000) / fps;

/** Seconds from 1900, where NTP begins, to 1970. */
const ntpEpochSeconds = 2_208_988_800;
const reportBytes = 28;
const framingBytes = 4;

/** An interleaved RTCP sender report without reception blocks (RFC 3550 6.4.1). */
export const toSenderReport = (report: SenderReport): Buffer => {
  const bytes = Buffer.alloc(framingBytes + reportBytes);
  const seconds = Math.floor(report.wallMs / 1000);
  const fraction = Math.floor(((report.wallMs - seconds * 1000) / 1000) * 2 ** 32);
  bytes[0] = 0x24;
  bytes[1] = report.channel;
  bytes.writeUInt16BE(reportBytes, 2);
  bytes[4] = 0x80;
  bytes[5] = 200;
  bytes.writeUInt16BE(reportBytes / 4 - 1, 6);
  bytes.writeUInt32BE(report.ssrc, 8);
  bytes.writeUInt32BE(seconds + ntpEpochSeconds, 12);
  bytes.writeUInt32BE(fraction, 16);
  bytes.writeUInt32BE(report.timestamp, 20);
  bytes.writeUInt32BE(report.packets >>> 0, 24);
  bytes.writeUInt32BE(report.octets >>> 0, 28);
  return bytes;
};
