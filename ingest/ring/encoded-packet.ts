import type { Coding } from './coding.ts';

/**
 * What the bytes of packets lie in, where that is written anew once nobody holds it. Who keeps a packet for longer than the
 * call in which it was given, and than the ring has it, holds it for that long; each hold is released once.
 */
export interface PacketMemory {
  hold(): void;
  release(): void;
}

/** One encoded picture with the times that belong to it. Immutable; of one camera `dtsUs` tells it from all others. */
export interface EncodedPacket {
  /** Annex B (ITU-T H.264 and H.265); a keyframe begins with its parameter sets. */
  readonly data: Buffer;
  /** Nothing where the bytes are the packet's own. */
  readonly memory?: PacketMemory | undefined;
  readonly coding: Coding;
  /** Stream time in microseconds, made continuous over reconnects and wrap-arounds. */
  readonly ptsUs: number;
  /** In the same microseconds; grows from packet to packet. */
  readonly dtsUs: number;
  readonly isKeyframe: boolean;
  /** Milliseconds since 1970. */
  readonly capturedAt: number;
  readonly receivedAt: number;
}
