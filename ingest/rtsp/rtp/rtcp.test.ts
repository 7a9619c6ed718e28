import { expect, test } from 'vitest';
import { toSenderReport } from '../../../test/fixtures/ingest/rtp-sender.ts';
import { readRtcp, writeReceiverReport } from './rtcp.ts';
import { SenderClock } from './sender-clock.ts';

const at = Date.UTC(2026, 10, 25, 12, 0, 0, 250);
const goodbye = Buffer.from([0x81, 203, 0, 1, 0, 0, 0, 7]);

const read = (bytes: Buffer) => readRtcp(bytes, 0, bytes.length);

test('tells the wall clock at an RTP time, before and after the report and over the wrap', () => {
  const { report } = read(toSenderReport(at, 0xffff_fff0));
  const clock = new SenderClock(90_000);
  if (report) clock.take(report);

  expect(clock.wallTimeAt(0xffff_fff0)).toBeCloseTo(at, 3);
  expect(clock.wallTimeAt(0xffff_fff0 - 90)).toBeCloseTo(at - 1, 3);
  expect(clock.wallTimeAt(90_000 - 16)).toBeCloseTo(at + 1000, 3);
  expect(clock.wallTimeAt(2 ** 32 + 90_000 - 16)).toBeCloseTo(at + 1000, 3);
});

test('knows the year 2036, when NTP begins anew', () => {
  const clock = new SenderClock(90_000);
  clock.take({ source: 7, ntpSeconds: 1, ntpFraction: 0, rtpTime: 0 });

  expect(clock.wallTimeAt(0)).toBe(Date.UTC(2036, 1, 7, 6, 28, 17));
});

test('knows no wall clock before a report, nor from a sender that has none', () => {
  const clock = new SenderClock(90_000);
  clock.take({ source: 7, ntpSeconds: 0, ntpFraction: 0, rtpTime: 0 });

  expect(clock.wallTimeAt(0)).toBeUndefined();
});

test('finds report and goodbye in a compound packet', () => {
  const found = read(Buffer.concat([toSenderReport(at, 5), goodbye]));

  expect(found).toMatchObject({ isGoodbye: true, report: { source: 7, rtpTime: 5 } });
});

test.each([
  ['nothing', Buffer.alloc(0)],
  ['a report cut short', toSenderReport(at, 5).subarray(0, 20)],
  ['another version', Buffer.from([0x41, 203, 0, 0])],
  ['a length beyond its end', Buffer.from([0x80, 203, 0xff, 0xff])],
])('finds nothing in %s', (_, bytes) => {
  expect(read(bytes)).toEqual({ report: undefined, isGoodbye: false });
});

test('writes a report block and a name, each of whole words', () => {
  const report = { source: 7, ntpSeconds: 0x1234_5678, ntpFraction: 0x9abc_def0, rtpTime: 1 };
  const bytes = writeReceiverReport({
    receiver: 9,
    source: 7,
    highest: 0x1_0001,
    lost: 3,
    lostFraction: 51,
    latest: { report, ageMs: 500 },
  });

  expect(bytes.subarray(0, 32).toString('hex')).toBe(
    '81c90007000000090000000733000003000100010000000056789abc00008000',
  );
  expect(bytes.subarray(32, 36).toString('hex')).toBe('81ca0004');
  expect(bytes.length).toBe(32 + 4 + 16);
  expect(bytes.toString('latin1')).toContain('\x01\x08xueliang');
});
