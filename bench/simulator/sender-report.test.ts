import { describe, expect, it } from 'vitest';
import { toSenderReport } from './sender-report.ts';

describe('toSenderReport', () => {
  it('says which RTP time is which wall-clock time', () => {
    const wallMs = Date.UTC(2026, 10, 25, 8, 0, 0, 250);

    const bytes = toSenderReport({
      channel: 1,
      ssrc: 9,
      wallMs,
      timestamp: 22_500,
      packets: 3,
      octets: 4000,
    });

    expect([...bytes.subarray(0, 8)]).toEqual([0x24, 1, 0, 28, 0x80, 200, 0, 6]);
    const seconds = bytes.readUInt32BE(12) - 2_208_988_800;
    expect(seconds * 1000 + (bytes.readUInt32BE(16) / 2 ** 32) * 1000).toBe(wallMs);
    expect(bytes.readUInt32BE(20)).toBe(22_500);
  });
});
