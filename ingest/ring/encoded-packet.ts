import type { Coding } from './coding.ts';

/** One encoded picture with the times that belong to it. Immutable and shared: rings, clips and decoders refer to it. */
export interface EncodedPacket {
  /** Annex B (ITU-T H.264 and H.265); a keyframe begins with its parameter sets. */
  readonly data: Buffer;
  readonly coding: Coding;
  /** Stream time in microseconds, made continuous over reconnects and wrap-arounds. */
  readonly ptsUs: number;
  readonly dtsUs: number;
  readonly isKeyframe: boolean;
  /** Milliseconds since 1970. */
  readonly capturedAt: number;
  readonly receivedAt: number;
}
