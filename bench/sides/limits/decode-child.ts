import { AV_CODEC_ID_H264, AVMEDIA_TYPE_VIDEO } from 'node-av/constants';
import { FormatContext, Packet } from 'node-av/lib';
import type { ModelCard } from '../../../core/schema/model-card.ts';
import { frameSpecOf } from '../../../inference/frame-spec.ts';
import { AvDecoder } from '../../../ingest/decode/av-decoder.ts';
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

interface LoadedClip {
  packets: Packet[];
  decoder: AvDecoder;
}

const load = async (file: string, card: ModelCard): Promise<LoadedClip> => {
  const format = new FormatContext();
  format.allocContext();
  await format.openInput(file);
  await format.findStreamInfo();
  const stream = format.streams.find(({ codecpar }) => codecpar.codecType === AVMEDIA_TYPE_VIDEO);
  if (!stream) throw new RangeError(`${file} has no video`);
  const { codecpar, timeBase } = stream;
  const codec = codecpar.codecId === AV_CODEC_ID_H264 ? 'h264' : 'h265';
  const { width, height } = codecpar;
  const decoder = new AvDecoder(
    { codecParameters: codecpar, codec, width, height, timeBase },
    frameSpecOf(card),
  );
  const packets: Packet[] = [];
  for (;;) {
    const packet = new Packet();
    packet.alloc();
    if (format.readFrameSync(packet) < 0) break;
    packets.push(packet);
  }
  return { packets, decoder };
};

const toEntry = (packet: Packet) => ({
  packet,
  ptsUs: 0,
  dtsUs: 0,
  isKeyframe: packet.isKeyframe,
  sizeBytes: packet.size,
  capturedAt: 0,
  receivedAt: 0,
});

/** The program's own decoder with its own settings, on packets that lie in memory; no picture is scaled. */
const measure = async ({ files, card }: DecodeDemand): Promise<DecodeAnswer> => {
  const clips: LoadedClip[] = [];
  for (const file of files) clips.push(await load(file, card));
  const ignore = (): void => undefined;
  const perFrameMs = timed(clips, ({ packets, decoder }) => {
    decoder.reset();
    for (const packet of packets) decoder.decode(toEntry(packet), ignore);
    return packets.length;
  });
  const perKeyframeMs = timed(clips, ({ packets, decoder }) => {
    const keyframes = packets.filter(({ isKeyframe }) => isKeyframe);
    for (const packet of keyframes) decoder.decodeAlone(toEntry(packet), ignore);
    return keyframes.length;
  });
  return { perFrameMs, perKeyframeMs };
};

process.on('message', (demand: DecodeDemand) => {
  void measure(demand).then((answer) => process.send?.(answer));
});
process.on('disconnect', () => process.exit());
