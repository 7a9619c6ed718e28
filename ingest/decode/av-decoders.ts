import type { FrameSpec } from '../../core/frame-slots.ts';
import type { Codec } from '../ring/coding.ts';
import type { EncodedPacket } from '../ring/encoded-packet.ts';
import { AvDecoder } from './av-decoder.ts';
import { PictureScaler } from './picture-scaler.ts';
import { Recent } from './recent.ts';
import type { Decoders, OnPicture, VideoDecoder } from './video-decoder.ts';

/** Kinds of stream whose keyframes one thread decodes; a town has two or three. */
const maxKeyframeDecoders = 8;

/**
 * A camera thread's decoders. Dormant cameras, which are most, have none of their own: a decoder keeps several pictures
 * and its tables, some megabytes, while a keyframe needs nothing of the one before. Cameras of one size share one,
 * for a change of size makes FFmpeg build its tables anew.
 */
export class AvDecoders implements Decoders {
  readonly #scaler: PictureScaler;
  readonly #alone = new Recent<AvDecoder>(maxKeyframeDecoders);

  constructor(spec: FrameSpec) {
    this.#scaler = new PictureScaler(spec);
  }

  open(codec: Codec): VideoDecoder {
    return new AvDecoder(codec, this.#scaler);
  }

  decodeAlone(keyframe: EncodedPacket, onPicture: OnPicture): number {
    const { codec, size } = keyframe.coding;
    const kind = `${codec} ${size?.width}x${size?.height}`;
    const decoder = this.#alone.take(kind, () => new AvDecoder(codec, this.#scaler));
    return decoder.decodeAlone(keyframe, onPicture);
  }

  close(): void {
    this.#alone.close();
    this.#scaler.close();
  }
}
