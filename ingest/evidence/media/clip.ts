import { AVMEDIA_TYPE_VIDEO } from 'node-av/constants';
import { type CodecParameters, Dictionary, FormatContext, Packet, Rational, type Stream } from 'node-av/lib';
import { codecIds } from '../../codec-ids.ts';
import type { Coding } from '../../ring/coding.ts';
import type { EncodedPacket } from '../../ring/encoded-packet.ts';
import { evidenceError } from '../errors.ts';
import { type ClipTime, clipTicksPerSecond, toClipTimes } from './clip-times.ts';
import { checkFfmpeg } from './ffmpeg.ts';

/** What a player will find in the file. */
export interface ClipFacts {
  width: number;
  height: number;
  durationMs: number;
}

const clipTimeBase = new Rational(1, clipTicksPerSecond);

/**
 * What can be played of a span: from its first keyframe on, without the pictures shown before that keyframe, which
 * lean on others that are not there.
 */
export const toPlayable = (packets: readonly EncodedPacket[]): readonly EncodedPacket[] => {
  const start = packets.findIndex((entry) => entry.isKeyframe);
  const first = packets[start];
  if (!first) return [];
  return packets.slice(start).filter((entry) => entry.ptsUs >= first.ptsUs);
};

const setParameters = (into: CodecParameters, { codec, parameterSets, size }: Coding): void => {
  if (parameterSets.length === 0) {
    throw evidenceError('evidence-unmuxable', 'the camera has sent no parameter sets');
  }
  if (!size) throw evidenceError('evidence-unmuxable', 'no picture of this coding could be decoded');
  into.codecType = AVMEDIA_TYPE_VIDEO;
  into.codecId = codecIds[codec];
  into.width = size.width;
  into.height = size.height;
  into.extradata = parameterSets;
  // Only `hvc1` is played by Safari; left to itself FFmpeg writes `hev1`.
  into.codecTag = codec === 'h265' ? 'hvc1' : 'avc1';
};

const writePackets = async (
  output: FormatContext,
  track: Stream,
  packets: readonly EncodedPacket[],
  signal: AbortSignal,
): Promise<void> => {
  const times = toClipTimes(packets.map((entry) => entry.ptsUs));
  const scratch = new Packet();
  scratch.alloc();
  try {
    for (const [index, entry] of packets.entries()) {
      signal.throwIfAborted();
      const time = times[index];
      if (!time) continue;
      await writePacket(output, track, entry, time, scratch);
    }
  } finally {
    scratch.free();
  }
};

const writePacket = async (
  output: FormatContext,
  track: Stream,
  { data, isKeyframe }: EncodedPacket,
  time: ClipTime,
  scratch: Packet,
): Promise<void> => {
  scratch.data = data;
  scratch.streamIndex = track.index;
  scratch.isKeyframe = isKeyframe;
  scratch.pts = BigInt(time.pts);
  scratch.dts = BigInt(time.dts);
  scratch.duration = BigInt(time.duration);
  scratch.rescaleTs(clipTimeBase, track.timeBase);
  const result = await output.writeFrame(scratch);
  scratch.unref();
  checkFfmpeg(result, 'evidence-unmuxable', 'writing a packet');
};

const closeOutput = async (output: FormatContext): Promise<void> => {
  await output.closeOutput().catch(() => undefined); // the file is checked by reading it back
  output.freeContext();
};

/** Reads the finished file's header: what it says is what a player sees. */
const readBack = async (path: string, packetCount: number): Promise<ClipFacts> => {
  const input = new FormatContext();
  try {
    checkFfmpeg(await input.openInput(path), 'evidence-unmuxable', 'reading the clip back');
    const track = input.streams[0];
    if (!track || Number(track.nbFrames) !== packetCount) {
      throw evidenceError(
        'evidence-unmuxable',
        `the clip holds ${track?.nbFrames ?? 0} pictures of ${packetCount}`,
      );
    }
    const { num, den } = track.timeBase;
    const durationMs = Math.round((Number(track.duration) * num * 1000) / den);
    return { width: track.codecpar.width, height: track.codecpar.height, durationMs };
  } finally {
    await input.closeInput();
  }
};

/**
 * Writes packets, beginning with a keyframe, as MP4 with its index in front, so that a browser plays it while it
 * loads. Nothing is decoded; packets stay as they were.
 */
export const writeClip = async (
  path: string,
  packets: readonly EncodedPacket[],
  signal: AbortSignal,
): Promise<ClipFacts> => {
  const keyframe = packets[0];
  if (!keyframe) throw evidenceError('moment-not-held', 'no packet of the span is held');
  const output = new FormatContext();
  try {
    checkFfmpeg(output.allocOutputContext2(null, 'mp4', path), 'evidence-unmuxable', 'opening the muxer');
    const track = output.newStream(null);
    setParameters(track.codecpar, keyframe.coding);
    track.timeBase = clipTimeBase;
    checkFfmpeg(await output.openOutput(), 'evidence-unmuxable', 'opening the clip');
    const options = Dictionary.fromObject({ movflags: '+faststart' });
    checkFfmpeg(await output.writeHeader(options), 'evidence-unmuxable', 'writing the clip header');
    await writePackets(output, track, packets, signal);
    checkFfmpeg(await output.writeTrailer(), 'evidence-unmuxable', 'finishing the clip');
  } finally {
    await closeOutput(output);
  }
  return readBack(path, packets.length);
};
