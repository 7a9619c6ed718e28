import { open } from 'node:fs/promises';
import { FormatContext } from 'node-av/lib';
import type { EncodedPacket } from '../../ring/encoded-packet.ts';
import { evidenceError } from '../errors.ts';
import { type ClipFile, partsOf, toClipFile } from './clip-file.ts';
import { checkFfmpeg } from './ffmpeg.ts';

/** What a player will find in the file. */
export interface ClipFacts {
  width: number;
  height: number;
  durationMs: number;
}

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

/** Written at once: each write is a turn of the thread pool and of this thread's event loop. */
const stepBytes = 256 * 1024;

/** The bytes of the file in steps, which are valid until the next. */
function* stepsOf(clip: ClipFile): Generator<Buffer> {
  const step = Buffer.allocUnsafeSlow(stepBytes);
  let used = 0;
  for (const part of partsOf(clip)) {
    for (let at = 0; at < part.length; ) {
      const taken = part.copy(step, used, at);
      at += taken;
      used += taken;
      if (used < stepBytes) continue;
      yield step;
      used = 0;
    }
  }
  yield step.subarray(0, used);
}

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
  const clip = toClipFile(packets, keyframe.coding);
  const file = await open(path, 'wx');
  try {
    for (const step of stepsOf(clip)) {
      signal.throwIfAborted();
      await file.writeFile(step);
    }
  } finally {
    await file.close();
  }
  return readBack(path, packets.length);
};
