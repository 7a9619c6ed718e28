import { expect, test } from 'vitest';
import {
  aggregate,
  packH264,
  packH265,
  RtpSender,
  toAnnexB,
  toRtp,
  toSenderReport,
} from '../../../test/fixtures/ingest/rtp-sender.ts';
import type { ReadPacket } from '../../session/packet-stream.ts';
import { RtpReceiver } from './rtp-receiver.ts';

const sps = Buffer.from([0x67, 1, 2]);
const pps = Buffer.from([0x68, 3]);
const sei = Buffer.from([0x06, 4]);
/** The byte behind the header begins with the bit that marks a picture's first slice. */
const idr = Buffer.concat([Buffer.from([0x65, 0x88]), Buffer.alloc(3000, 5)]);
const delta = Buffer.from([0x41, 0x9a, 6, 7]);
const laterSlice = Buffer.from([0x41, 0x1a, 8]);

const vps = Buffer.from([0x40, 1, 1]);
const sps265 = Buffer.from([0x42, 1, 2]);
const pps265 = Buffer.from([0x44, 1, 3]);
const idr265 = Buffer.concat([Buffer.from([0x26, 1, 0xaf]), Buffer.alloc(3000, 9)]);
const delta265 = Buffer.from([0x02, 1, 0xd0, 4]);

const receive = (codec: 'h264' | 'h265' = 'h264', parameterSets: Buffer[] = []) => {
  const packets: ReadPacket[] = [];
  const track = { codec, payloadType: 96, clockRate: 90_000, parameterSets };
  const receiver = new RtpReceiver(track, (packet) => packets.push(packet));
  const feed = (...sent: Buffer[]): void => {
    for (const bytes of sent) receiver.takeRtp(bytes, 0, bytes.length);
  };
  return { receiver, packets, feed, data: () => packets.map((packet) => packet.data) };
};

test('puts single, aggregated and fragmented units of H.264 together', () => {
  const { feed, packets } = receive();
  const sender = new RtpSender();

  feed(...sender.unit([aggregate([0x78], [sps, pps, sei]), ...packH264(idr)]));
  feed(...sender.unit([delta, laterSlice]));

  expect(packets.map(({ isKeyframe }) => isKeyframe)).toEqual([true, false]);
  expect(packets.map(({ data }) => data)).toEqual([
    toAnnexB(sps, pps, sei, idr),
    toAnnexB(delta, laterSlice),
  ]);
});

test('puts single, aggregated and fragmented units of H.265 together', () => {
  const { feed, packets } = receive('h265');
  const sender = new RtpSender();

  feed(...sender.unit([aggregate([0x60, 1], [vps, sps265, pps265]), ...packH265(idr265)]));
  feed(...sender.unit([delta265]));

  expect(packets.map(({ isKeyframe }) => isKeyframe)).toEqual([true, false]);
  expect(packets.map(({ data }) => data)).toEqual([
    toAnnexB(vps, sps265, pps265, idr265),
    toAnnexB(delta265),
  ]);
});

test('ends an access unit with the next time where nobody marks it', () => {
  const { data, feed } = receive();
  const sender = new RtpSender();

  feed(...sender.unit([sps, pps, ...packH264(idr)], false), ...sender.unit([delta], false));

  expect(data()).toEqual([toAnnexB(sps, pps, idr)]);
});

test('gives times that grow over the wrap of 32 bits', () => {
  const { feed, packets } = receive();
  const sender = new RtpSender(0xffff_ffff - 3600);
  for (let unit = 0; unit < 4; unit++) feed(...sender.unit([delta]));

  const [first = 0, ...others] = packets.map(({ ptsUs = 0 }) => ptsUs);

  expect(others.map((ptsUs) => Math.round(ptsUs - first))).toEqual([40_000, 80_000, 120_000]);
});

test('tells when the light hit the sensor, once a report has come', () => {
  const { feed, packets, receiver } = receive();
  const sender = new RtpSender(90_000);
  feed(...sender.unit([delta]));
  const report = toSenderReport(1_800_000_000_000, 90_000);

  receiver.takeRtcp(report, 0, report.length);
  feed(...sender.unit([delta]));

  expect(packets.map(({ producedAt }) => producedAt && Math.round(producedAt))).toEqual([
    undefined,
    1_800_000_000_040,
  ]);
});

test('puts the described parameter sets in front of a keyframe that has none', () => {
  const { data, feed } = receive('h264', [sps, pps]);
  const sender = new RtpSender();

  feed(...sender.unit([sei, ...packH264(idr)]), ...sender.unit([delta]));

  expect(data()).toEqual([toAnnexB(sei, sps, pps, idr), toAnnexB(delta)]);
});

test('prefers the parameter sets that came last in the stream, in a unit of their own or marked', () => {
  const newSps = Buffer.from([0x67, 9, 9]);
  const { data, feed } = receive('h264', [sps, pps]);
  const sender = new RtpSender();

  feed(...sender.unit([newSps]), ...sender.unit(packH264(idr)));
  feed(...sender.unit([sps]), ...sender.unit([sps, pps, ...packH264(idr)]));

  expect(data()).toEqual([toAnnexB(newSps, pps, idr), toAnnexB(sps, pps, idr)]);
});

test('drops an access unit with a gap and passes on those after it', () => {
  const { data, feed, receiver } = receive('h264', [sps, pps]);
  const sender = new RtpSender();
  const long = Buffer.concat([Buffer.from([0x41, 0x9a]), Buffer.alloc(5000)]);

  feed(...sender.unit(packH264(idr)));
  feed(...sender.unit(packH264(long)).filter((_, index) => index !== 1));
  feed(...sender.unit([delta]));

  expect(data()).toEqual([toAnnexB(sps, pps, idr), toAnnexB(delta)]);
  expect(receiver.counts).toEqual({ lostPackets: 1, uselessPackets: 0, droppedUnits: 1 });
});

test.each([0, 1, 2])('drops what refers to a keyframe whose packet %i is lost', (lost) => {
  const { data, feed, receiver } = receive('h264', [sps, pps]);
  const sender = new RtpSender();

  feed(...sender.unit([delta]));
  feed(...sender.unit(packH264(idr)).filter((_, index) => index !== lost));
  feed(...sender.unit([delta]), ...sender.unit(packH264(idr)));

  expect(data()).toEqual([toAnnexB(delta), toAnnexB(sps, pps, idr)]);
  expect(receiver.counts.droppedUnits).toBe(2);
});

test('drops a picture whose first slice is lost, and none of which nothing came', () => {
  const { data, feed } = receive();
  const sender = new RtpSender();

  feed(...sender.unit([delta]), ...sender.unit([delta, laterSlice]).slice(1));
  sender.sequence += 3;
  feed(...sender.unit([delta]));

  expect(data()).toEqual([toAnnexB(delta), toAnnexB(delta)]);
});

test('begins anew with another sender, without the half of a picture of the one before', () => {
  const { data, feed } = receive();
  const sender = new RtpSender();

  feed(...sender.unit([delta]), ...sender.unit([delta], false));
  feed(toRtp({ sequence: 7, time: 1, payload: delta, hasMarker: true, source: 8 }));

  expect(data()).toEqual([toAnnexB(delta), toAnnexB(delta)]);
});

test('does not mind a repeated packet, nor one that is no RTP', () => {
  const { data, feed, receiver } = receive();
  const [packet = Buffer.alloc(0)] = new RtpSender().unit([delta]);

  feed(packet, packet, Buffer.from('no RTP at all'));

  expect(data()).toEqual([toAnnexB(delta)]);
  expect(receiver.counts.uselessPackets).toBe(2);
});

const unusual: [string, 'h264' | 'h265', Buffer[]][] = [
  ['STAP-B', 'h264', [Buffer.from([25, 0, 0])]],
  ['MTAP', 'h264', [Buffer.from([26, 0, 0])]],
  ['FU-B', 'h264', [Buffer.from([29, 0x85, 0, 0])]],
  ['PACI', 'h265', [Buffer.from([50 << 1, 1, 0, 0])]],
];

test.each(unusual)('leaves %s to FFmpeg', (_, codec, payloads) => {
  const { feed } = receive(codec);

  expect(() => feed(...new RtpSender().unit(payloads))).toThrow(
    expect.objectContaining({ code: 'stream-unusual' }),
  );
});

test('takes a step back for a slip when it is one of few', () => {
  const { packets, feed } = receive();
  for (const [sequence, n] of [0, 1, 3, 2, 4, 5].entries()) {
    feed(toRtp({ sequence, time: n * 3600, payload: delta, hasMarker: true }));
  }

  expect(packets).toHaveLength(6);
});

test.each([
  ['another payload type', [{ payloadType: 97 }]],
  ['pictures out of their order', [4, 2, 1, 3, 8, 6, 5, 7].map((n) => ({ time: n * 3600 }))],
  ['a marker in the middle of a picture', [{}, { payload: laterSlice }]],
])('leaves %s to FFmpeg', (_, facts) => {
  const { feed } = receive();
  const packets = facts.map((each, sequence) =>
    toRtp({ sequence, time: 0, payload: delta, hasMarker: true, ...each }),
  );

  expect(() => feed(...packets)).toThrow(expect.objectContaining({ code: 'stream-unusual' }));
});

test('takes a camera whose clock was set back by far', () => {
  const { feed, packets } = receive();

  for (const [sequence, time] of [90_000_000, 0].entries()) {
    feed(toRtp({ sequence, time, payload: delta, hasMarker: true }));
  }

  expect(packets.map(({ ptsUs }) => ptsUs)).toEqual([1000e6, 0]);
});

test('ends with a goodbye, and with a picture of more than 8 MB', () => {
  const { feed, receiver } = receive();
  const piece = Buffer.concat([Buffer.from([0x41, 0x9a]), Buffer.alloc(60_000)]);
  const endless = (): void => {
    for (let sequence = 0; sequence < 200; sequence++) feed(toRtp({ sequence, time: 0, payload: piece }));
  };

  expect(() => receiver.takeRtcp(Buffer.from([0x80, 203, 0, 0]), 0, 4)).toThrow(
    expect.objectContaining({ code: 'stream-closed-by-camera' }),
  );
  expect(endless).toThrow(expect.objectContaining({ code: 'stream-undecodable' }));
});

test('keeps what it gave away as it was', () => {
  const { data, feed } = receive();
  const sender = new RtpSender();
  const pictures = Array.from({ length: 300 }, (_, index) =>
    Buffer.concat([Buffer.from([0x41, 0x9a]), Buffer.alloc(index * 31, index)]),
  );

  for (const picture of pictures) feed(...sender.unit(packH264(picture)));

  const given = Buffer.concat(data());
  expect(given.equals(Buffer.concat(pictures.map((picture) => toAnnexB(picture))))).toBe(true);
});
