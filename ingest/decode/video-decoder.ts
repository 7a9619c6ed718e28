import type { Luma } from '../gate/luma-gate.ts';
import type { Codec } from '../ring/coding.ts';
import type { EncodedPacket } from '../ring/encoded-packet.ts';

/** Pixels at the size the detector wants, rows without gaps. Valid until the next picture is scaled. */
export interface ScaledPicture {
  width: number;
  height: number;
  pixels: Uint8Array;
}

/** The times of the packet a picture was decoded from. */
export type PictureTimes = Pick<EncodedPacket, 'ptsUs' | 'capturedAt' | 'receivedAt'>;

/** A decoded picture. Valid only while the callback that received it runs. */
export interface Picture {
  readonly times: PictureTimes;
  /** Nothing in it had to be made up for missing or broken data. */
  readonly isGood: boolean;
  toLuma(): Luma;
  toPixels(): ScaledPicture;
}

export type OnPicture = (picture: Picture) => void;

/** Decodes one stream in one run, beginning with a keyframe. What cannot be decoded is counted, never thrown. */
export interface VideoDecoder {
  /** Returns how many faults the decoder found with the packet. */
  decode(packet: EncodedPacket, onPicture: OnPicture): number;
  close(): void;
}

/** The decoders of a camera thread. */
export interface Decoders {
  /** A decoder of a stream's own. Throws `stream-undecodable`. */
  open(codec: Codec): VideoDecoder;
  /** Decodes a keyframe by itself and gives its picture at once; returns how many faults were found with it. */
  decodeAlone(keyframe: EncodedPacket, onPicture: OnPicture): number;
}
