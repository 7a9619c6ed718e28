import type { ModelCard } from '../../../core/schema/model-card.ts';
import { frameSpecOf } from '../../../inference/frame-spec.ts';
import { AvDecoders } from '../../../ingest/decode/av-decoders.ts';
import { CodingReader } from '../../../ingest/ring/coding.ts';
import type { EncodedPacket } from '../../../ingest/ring/encoded-packet.ts';
import { sum } from '../../measure/quantiles.ts';
import { readClip } from '../../simulator/read-clip.ts';
import { frameMs } from '../../simulator/timeline.ts';
import { type Lane, paced } from './paced.ts';
import { servePart } from './serve-part.ts';
import { timed } from './timed.ts';

export interface DecodeOptions {
  files: readonly string[];
  card: ModelCard;
}

/** Milliseconds of CPU for a picture of a run and for a keyframe by itself. */
export interface DecodeTimes {
  frameMs: number;
  keyframeMs: number;
}

/** Of the cameras of one of two threads that have 90: so many are awake, and so often one of the others has a keyframe. */
const awakeCameras = 6;
const keyframePeriodMs = 50;
/** Of an awake camera: what comes between three looks a second is decoded in one go. */
const bunchPackets = 8;

const startCode = Buffer.of(0, 0, 0, 1);

/** A clip's packets as a session hands them on. */
const load = async (file: string): Promise<EncodedPacket[]> => {
  const { codec, units } = await readClip(file);
  const codings = new CodingReader();
  let latest = codings.read(codec, Buffer.alloc(0));
  return units.map(({ nals, isKeyframe }, index) => {
    const data = Buffer.concat(nals.flatMap((nal) => [startCode, nal]));
    if (isKeyframe) latest = codings.read(codec, data);
    const ptsUs = index * frameMs * 1000;
    return { data, coding: latest.coding, ptsUs, dtsUs: ptsUs, isKeyframe, capturedAt: 0, receivedAt: 0 };
  });
};

const ignore = (): void => undefined;

/** Calls `take` with one packet after the other, and begins again behind the last. */
const inTurn = (packets: readonly EncodedPacket[], take: (packet: EncodedPacket) => void): (() => void) => {
  let at = 0;
  return () => {
    const packet = packets[at++ % packets.length];
    if (packet) take(packet);
  };
};

/** Cameras that are awake, each with its decoder, and now and then a keyframe of another one. */
const measurePaced = async (
  decoders: AvDecoders,
  clips: readonly EncodedPacket[][],
  seconds: number,
): Promise<DecodeTimes> => {
  const awake = clips.slice(0, awakeCameras).map((packets) => {
    const decoder = decoders.open(packets[0]?.coding.codec ?? 'h264');
    const decodeNext = inTurn(packets, (packet) => decoder.decode(packet, ignore));
    const work = (): void => {
      for (let packet = 0; packet < bunchPackets; packet++) decodeNext();
    };
    return { periodMs: bunchPackets * frameMs, work, close: () => decoder.close() };
  });
  // A keyframe of each clip before the second of any.
  const ofClips = clips.map((packets) => packets.filter(({ isKeyframe }) => isKeyframe));
  const most = Math.max(...ofClips.map((keyframes) => keyframes.length));
  const keyframes = Array.from({ length: most }, (_, at) => ofClips.flatMap((each) => each[at] ?? [])).flat();
  const dormant: Lane = {
    periodMs: keyframePeriodMs,
    work: inTurn(keyframes, (packet) => decoders.decodeAlone(packet, ignore)),
  };
  const [keyframeMs = Number.NaN, ...bunchTimes] = await paced([dormant, ...awake], seconds);
  for (const { close } of awake) close();
  return { frameMs: sum(bunchTimes) / bunchTimes.length / bunchPackets, keyframeMs };
};

const measureInLoop = (decoders: AvDecoders, clips: readonly EncodedPacket[][]): DecodeTimes => ({
  frameMs: timed(clips, (packets) => {
    const [first] = packets;
    if (!first) return 0;
    const decoder = decoders.open(first.coding.codec);
    for (const packet of packets) decoder.decode(packet, ignore);
    decoder.close();
    return packets.length;
  }),
  keyframeMs: timed(clips, (packets) => {
    const keyframes = packets.filter(({ isKeyframe }) => isKeyframe);
    for (const packet of keyframes) decoders.decodeAlone(packet, ignore);
    return keyframes.length;
  }),
});

/** The program's own decoders with their own settings, on packets that lie in memory; no picture is scaled. */
servePart<DecodeOptions, DecodeTimes>(async ({ files, card }) => {
  const clips: EncodedPacket[][] = [];
  for (const file of files) clips.push(await load(file));
  const decoders = new AvDecoders(frameSpecOf(card));
  return {
    inLoop: () => measureInLoop(decoders, clips),
    atPace: (seconds) => measurePaced(decoders, clips, seconds),
  };
});
