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
  /**
   * Clips in which nothing happens: what a camera sends while it is dormant. With a constant bit rate their keyframes are up to
   * twice as large as those beside which people walk, and take as much longer.
   */
  quietFiles: readonly string[];
  busyFiles: readonly string[];
  /** Whose pictures this process decodes at a town's pace. */
  cameras: number;
  card: ModelCard;
}

/** Milliseconds of CPU for a picture of a run and for a keyframe by itself. */
export interface DecodeTimes {
  frameMs: number;
  keyframeMs: number;
}

/** Of a town's cameras, as in its hours. */
const awakeShare = 0.105;
const gopMs = 2000;
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

const loadAll = async (files: readonly string[]): Promise<EncodedPacket[][]> => {
  const clips: EncodedPacket[][] = [];
  for (const file of files) clips.push(await load(file));
  return clips;
};

const keyframesOf = (packets: readonly EncodedPacket[]): EncodedPacket[] =>
  packets.filter(({ isKeyframe }) => isKeyframe);

const ignore = (): void => undefined;

interface Clips {
  quiet: readonly EncodedPacket[][];
  busy: readonly EncodedPacket[][];
}

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
  { quiet, busy }: Clips,
  cameras: number,
  seconds: number,
): Promise<DecodeTimes> => {
  const awakeCameras = Math.max(1, Math.round(cameras * awakeShare));
  const awake = busy.slice(0, awakeCameras).map((packets) => {
    const decoder = decoders.open(packets[0]?.coding.codec ?? 'h264');
    const decodeNext = inTurn(packets, (packet) => decoder.decode(packet, ignore));
    const work = (): void => {
      for (let packet = 0; packet < bunchPackets; packet++) decodeNext();
    };
    return { periodMs: bunchPackets * frameMs, work, close: () => decoder.close() };
  });
  // A keyframe of each clip before the second of any.
  const ofClips = quiet.map(keyframesOf);
  const most = Math.max(...ofClips.map((keyframes) => keyframes.length));
  const keyframes = Array.from({ length: most }, (_, at) => ofClips.flatMap((each) => each[at] ?? [])).flat();
  const dormant: Lane = {
    periodMs: gopMs / Math.max(1, cameras - awakeCameras),
    work: inTurn(keyframes, (packet) => decoders.decodeAlone(packet, ignore)),
  };
  const [keyframeMs = Number.NaN, ...bunchTimes] = await paced([dormant, ...awake], seconds);
  for (const { close } of awake) close();
  return { frameMs: sum(bunchTimes) / bunchTimes.length / bunchPackets, keyframeMs };
};

const measureInLoop = (decoders: AvDecoders, { quiet, busy }: Clips): DecodeTimes => ({
  frameMs: timed([...quiet, ...busy], (packets) => {
    const [first] = packets;
    if (!first) return 0;
    const decoder = decoders.open(first.coding.codec);
    for (const packet of packets) decoder.decode(packet, ignore);
    decoder.close();
    return packets.length;
  }),
  keyframeMs: timed(quiet, (packets) => {
    const keyframes = keyframesOf(packets);
    for (const packet of keyframes) decoders.decodeAlone(packet, ignore);
    return keyframes.length;
  }),
});

/** The program's own decoders with their own settings, on packets that lie in memory; no picture is scaled. */
servePart<DecodeOptions, DecodeTimes>(async ({ quietFiles, busyFiles, cameras, card }) => {
  const clips = { quiet: await loadAll(quietFiles), busy: await loadAll(busyFiles) };
  const decoders = new AvDecoders(frameSpecOf(card));
  return {
    inLoop: () => measureInLoop(decoders, clips),
    atPace: (seconds) => measurePaced(decoders, clips, cameras, seconds),
  };
});
