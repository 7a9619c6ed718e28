import { type IngestError, streamError } from '../errors.ts';
import { diagnosisOf } from '../rtsp/diagnose.ts';

export interface WatchdogLimits {
  /** Without a packet the camera is said to be lost, while its connection is given until `packetMs`. */
  silentMs: number;
  /** Without a packet, or without progress of the camera's own time. */
  packetMs: number;
  /** With packets but without a good frame, at least. */
  frameMs: number;
  /** The same before the first good frame: a smart codec's first keyframe may be 20 s away. */
  firstFrameMs: number;
}

/** What a session has to show for itself. Monotonic milliseconds. */
export interface Progress {
  openedAt: number;
  lastPacketAt: number;
  progressedAt: number;
  /** The last good frame of this session. */
  lastFrameAt: number | undefined;
  /** The usual length, which an open GOP does not change: a camera that sends nothing decodable has one for ever. */
  gopSeconds: number;
}

/** A dormant camera has only its keyframes decoded, until a GOP grows too long for that. */
const gopsWithoutFrame = 3;

const stopped = (cause: 'stalled' | 'undecodable', detail: string): IngestError =>
  streamError(cause, diagnosisOf(cause, detail).message);

export const silent = (ms: number): IngestError =>
  stopped('stalled', `no packet for ${(ms / 1000).toFixed(0)} s`);

/** The reason to give up a session whose connection still stands, if there is one. */
export const findStall = (
  now: number,
  progress: Progress,
  limits: WatchdogLimits,
): IngestError | undefined => {
  const { openedAt, lastPacketAt, progressedAt, lastFrameAt, gopSeconds } = progress;
  const seconds = (ms: number): string => `${(ms / 1000).toFixed(0)} s`;
  if (now - lastPacketAt >= limits.packetMs) {
    return silent(now - lastPacketAt);
  }
  if (now - progressedAt >= limits.packetMs) {
    return stopped('stalled', `its time has stood still for ${seconds(now - progressedAt)}`);
  }
  const allowedMs =
    lastFrameAt === undefined
      ? limits.firstFrameMs
      : Math.max(limits.frameMs, gopsWithoutFrame * gopSeconds * 1000);
  const withoutFrameMs = now - (lastFrameAt ?? openedAt);
  if (withoutFrameMs >= allowedMs) {
    return stopped('undecodable', `packets, but no good frame for ${seconds(withoutFrameMs)}`);
  }
  return undefined;
};
