import type { ModelCard } from '../../../core/schema/model-card.ts';
import { frameSpecOf } from '../../../inference/frame-spec.ts';
import { AvDecoders } from '../../../ingest/decode/av-decoders.ts';
import { CodingReader } from '../../../ingest/ring/coding.ts';
import type { EncodedPacket } from '../../../ingest/ring/encoded-packet.ts';
import { readClip } from '../../simulator/read-clip.ts';
import { frameMs } from '../../simulator/timeline.ts';
import { timed } from './timed.ts';

export interface DecodeDemand {
  files: readonly string[];
  card: ModelCard;
}

/** Milliseconds of CPU. */
export interface DecodeAnswer {
  perFrameMs: number;
  perKeyframeMs: number;
}

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

/** The program's own decoders with their own settings, on packets that lie in memory; no picture is scaled. */
const measure = async ({ files, card }: DecodeDemand): Promise<DecodeAnswer> => {
  const clips: EncodedPacket[][] = [];
  for (const file of files) clips.push(await load(file));
  const decoders = new AvDecoders(frameSpecOf(card));
  const ignore = (): void => undefined;
  const perFrameMs = timed(clips, (packets) => {
    const [first] = packets;
    if (!first) return 0;
    const decoder = decoders.open(first.coding.codec);
    for (const packet of packets) decoder.decode(packet, ignore);
    decoder.close();
    return packets.length;
  });
  const perKeyframeMs = timed(clips, (packets) => {
    const keyframes = packets.filter(({ isKeyframe }) => isKeyframe);
    for (const packet of keyframes) decoders.decodeAlone(packet, ignore);
    return keyframes.length;
  });
  decoders.close();
  return { perFrameMs, perKeyframeMs };
};

process.on('message', (demand: DecodeDemand) => {
  void measure(demand).then((answer) => process.send?.(answer));
});
process.on('disconnect', () => process.exit());
