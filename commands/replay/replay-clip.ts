import type { Detection } from '../../core/schema/detection.ts';
import type { PictureDetector } from '../../inference/index.ts';
import { type ClipReader, FramePacer } from '../../ingest/replay/index.ts';

export interface ReplayOptions {
  reader: ClipReader;
  detector: PictureDetector;
  /** Pictures that are looked at in a second of the clip, at most. */
  fps: number;
  /** Resolves when a picture of that stream time is due; without it, every picture is due at once. */
  pace?: (ptsUs: number) => Promise<void>;
  onLook: (detections: readonly Detection[], ptsUs: number) => void;
  signal?: AbortSignal;
}

export interface ReplayTally {
  /** Whole pictures in the clip, as far as it was read. */
  frames: number;
  looked: number;
  /** Packets and pictures that could not be decoded. */
  undecodable: number;
  /** Stream time of the last picture. */
  lengthMs: number;
}

/** Looks at a clip's pictures one after the other, as many a second as are wanted; nothing is dropped. */
export const replayClip = async (options: ReplayOptions): Promise<ReplayTally> => {
  const { reader, detector, fps, pace, onLook, signal } = options;
  const pacer = new FramePacer();
  let frames = 0;
  let looked = 0;
  let lengthMs = 0;
  for (let picture = reader.next(); picture && !signal?.aborted; picture = reader.next()) {
    const { ptsUs } = picture;
    frames++;
    lengthMs = Math.round(ptsUs / 1000);
    if (!pacer.take(ptsUs, fps)) continue;
    await pace?.(ptsUs);
    const { findings } = await detector.look(picture.toPixels());
    onLook(findings.detections, ptsUs);
    looked++;
  }
  return { frames, looked, undecodable: reader.undecodable, lengthMs };
};
