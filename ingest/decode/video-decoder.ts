import type { Luma } from '../gate/luma-gate.ts';
import type { RingPacket } from '../ring/packet-ring.ts';

/** Pixels at the size the detector wants, rows without gaps. Valid until the next picture is scaled. */
export interface ScaledPicture {
  width: number;
  height: number;
  pixels: Uint8Array;
}

/** The times of the packet a picture was decoded from. */
export type PictureTimes = Pick<RingPacket<unknown>, 'ptsUs' | 'capturedAt' | 'receivedAt'>;

/** A decoded picture. Valid only while the callback that received it runs. */
export interface Picture {
  readonly times: PictureTimes;
  /** Nothing in it had to be made up for missing or broken data. */
  readonly isGood: boolean;
  toLuma(): Luma;
  toPixels(): ScaledPicture;
}

export type OnPicture = (picture: Picture) => void;

/** Decodes one stream. A packet that cannot be decoded is counted, never thrown. */
export interface VideoDecoder<P> {
  /** Packets that the decoder refused. */
  readonly errors: number;
  /** Decodes the next packet of a run that began with a keyframe. */
  decode(entry: RingPacket<P>, onPicture: OnPicture): void;
  /** Decodes a keyframe by itself and gives its picture at once; the run before is over. */
  decodeAlone(keyframe: RingPacket<P>, onPicture: OnPicture): void;
  /** Forgets the pictures that later ones refer to. */
  reset(): void;
  close(): void;
}
