import { expect, test } from 'vitest';
import { isAppError } from '../../../core/errors.ts';
import {
  createSeededRandom,
  freshSeed,
  type SeededRandom,
} from '../../../test/fixtures/inference/seeded-random.ts';
import {
  aggregate,
  packH264,
  packH265,
  RtpSender,
  toInterleaved,
  toSenderReport,
} from '../../../test/fixtures/ingest/rtp-sender.ts';
import { RtpReceiver } from '../rtp/rtp-receiver.ts';
import { toControlUrl } from './control-url.ts';
import { InterleavedSplitter } from './interleaved-splitter.ts';
import { parseSdp } from './sdp.ts';
import { chooseVideoTrack } from './video-track.ts';

type Codec = 'h264' | 'h265';

const message = Buffer.from('RTSP/1.0 200 OK\r\nCSeq: 9\r\nContent-Length: 2\r\n\r\nok');

const randomBytes = (random: SeededRandom, head: readonly number[], length: number): Buffer =>
  Buffer.concat([Buffer.from(head), Buffer.from(Array.from({ length }, () => random.whole(0, 255)))]);

const payloadsOf = (codec: Codec, random: SeededRandom, isKeyframe: boolean): Buffer[] => {
  const length = random.whole(1, isKeyframe ? 9000 : 4000);
  if (codec === 'h264') {
    const sets = aggregate([0x78], [Buffer.from([0x67, 1]), Buffer.from([0x68, 2])]);
    const slice = randomBytes(random, isKeyframe ? [0x65, 0x88] : [0x41, 0x9a], length);
    return [...(isKeyframe ? [sets] : []), ...packH264(slice, random.whole(100, 1400))];
  }
  const sets = aggregate([0x60, 1], [Buffer.from([0x40, 1, 1]), Buffer.from([0x42, 1, 2])]);
  const slice = randomBytes(random, isKeyframe ? [0x26, 1, 0xaf] : [0x02, 1, 0xd0], length);
  return [...(isKeyframe ? [sets] : []), ...packH265(slice, random.whole(100, 1400))];
};

/** A session as it comes over the wire: pictures, reports, replies and an unknown channel. */
const sessionOf = (codec: Codec, random: SeededRandom): Buffer => {
  const sender = new RtpSender();
  const pieces: Buffer[] = [];
  for (let unit = 0; unit < 40; unit++) {
    const packets = sender.unit(payloadsOf(codec, random, unit % 10 === 0), random.next() < 0.8);
    pieces.push(...packets.map((packet) => toInterleaved(0, packet)));
    if (unit % 7 === 0) pieces.push(message);
    if (unit % 9 === 0) pieces.push(toInterleaved(1, toSenderReport(1_800_000_000_000, unit)));
    if (unit % 11 === 0) pieces.push(toInterleaved(5, Buffer.alloc(random.whole(0, 50))));
  }
  return Buffer.concat(pieces);
};

const receive = (codec: Codec, chunks: readonly Buffer[]): Buffer[] => {
  const units: Buffer[] = [];
  const track = { codec, payloadType: 96, clockRate: 90_000, parameterSets: [] };
  const receiver = new RtpReceiver(track, ({ data }) => units.push(data));
  const splitter = new InterleavedSplitter({
    frame: (channel, bytes, begin, end) => {
      if (channel === 0) receiver.takeRtp(bytes, begin, end);
      if (channel === 1) receiver.takeRtcp(bytes, begin, end);
    },
    message: () => undefined,
  });
  splitter.expectFrames(0);
  // Each chunk in the same memory, as a socket's reads are.
  const shared = Buffer.alloc(70_000);
  for (const chunk of chunks) splitter.push(shared, chunk.copy(shared));
  return units;
};

const cut = (bytes: Buffer, random: SeededRandom): Buffer[] => {
  const chunks: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = random.next() < 0.3 ? random.whole(1, 5) : random.whole(1, 60_000);
    chunks.push(bytes.subarray(at, at + length));
    at += length;
  }
  return chunks;
};

const mutate = (bytes: Buffer, random: SeededRandom): Buffer => {
  const mutated = Buffer.from(bytes);
  for (let count = random.whole(1, 30); count > 0; count--) {
    const at = random.whole(0, mutated.length - 1);
    const kind = random.whole(0, 2);
    if (kind === 0) mutated[at] = random.whole(0, 255);
    else if (kind === 1) mutated.copyWithin(at, random.whole(0, mutated.length - 1));
    else mutated.subarray(at, at + random.whole(1, 200)).fill(random.whole(0, 255));
  }
  return mutated.subarray(0, random.whole(1, mutated.length));
};

test.each<Codec>(['h264', 'h265'])('gives the same access units of %s however they are cut', (codec) => {
  const seed = freshSeed();
  const random = createSeededRandom(seed);
  const bytes = sessionOf(codec, random);
  const whole = receive(codec, [bytes.subarray(0, 60_000), ...cutEvenly(bytes.subarray(60_000))]);

  expect(whole.length, `seed ${seed}`).toBeGreaterThanOrEqual(39);
  for (let round = 0; round < 50; round++) {
    const units = receive(codec, cut(bytes, random));
    expect(units.length, `seed ${seed}, round ${round}`).toBe(whole.length);
    expect(Buffer.concat(units).equals(Buffer.concat(whole)), `seed ${seed}, round ${round}`).toBe(true);
  }
});

const cutEvenly = (bytes: Buffer): Buffer[] =>
  Array.from({ length: Math.ceil(bytes.length / 60_000) }, (_, index) =>
    bytes.subarray(index * 60_000, (index + 1) * 60_000),
  );

test.each<Codec>(['h264', 'h265'])('ends at most with an error of its own on altered %s', (codec) => {
  const seed = freshSeed();
  const random = createSeededRandom(seed);
  const bytes = sessionOf(codec, random);

  for (let round = 0; round < 300; round++) {
    const mutated = mutate(bytes, random);
    try {
      const given = receive(codec, cut(mutated, random)).reduce((sum, unit) => sum + unit.length, 0);
      // Start codes and remembered parameter sets come on top of what was sent.
      expect(given, `seed ${seed}, round ${round}`).toBeLessThan(mutated.length * 6);
    } catch (error) {
      if (!isAppError(error)) throw new Error(`seed ${seed}, round ${round}`, { cause: error });
      expect(error.code, `seed ${seed}, round ${round}`).toMatch(
        /^stream-(unusual|undecodable|closed-by-camera)$/,
      );
    }
  }
});

test('reads any session description, or says what is wrong with it, and never leaves the pinned address', () => {
  const seed = freshSeed();
  const random = createSeededRandom(seed);
  const alphabet =
    'v=0|m=video 0 RTP/AVP 96|m=audio 0 RTP/AVP 8|a=rtpmap:96 H264/90000|a=fmtp:96 |sprop-parameter-sets=|Z00A,aO4|a=control:|rtsp://evil/|*|;|,|=|\r\n|\n|packetization-mode=1|__proto__|9999999|é|$|a='.split(
      '|',
    );

  for (let round = 0; round < 5000; round++) {
    const sdp = Array.from(
      { length: random.whole(0, 30) },
      () => alphabet[random.whole(0, alphabet.length - 1)],
    );
    try {
      const { control, video } = parseSdp(sdp.join(random.next() < 0.5 ? '\r\n' : ''));
      const chosen = chooseVideoTrack(video);
      const whole = toControlUrl(control, 'rtsp://10.1.2.3:554/x', 'rtsp://10.1.2.3:554/x');
      const url = toControlUrl(chosen.control, whole, 'rtsp://10.1.2.3:554/x');
      expect(url, `seed ${seed}, round ${round}`).toMatch(/^rtsp:\/\/10\.1\.2\.3:554(\/|$)/);
    } catch (error) {
      if (!isAppError(error)) throw new Error(`seed ${seed}, round ${round}`, { cause: error });
    }
  }
});
