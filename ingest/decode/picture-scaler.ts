import { AV_PIX_FMT_BGR24, AV_PIX_FMT_GRAY8, AV_PIX_FMT_RGB24, type AVPixelFormat } from 'node-av/constants';
import { Frame, SoftwareScaleContext } from 'node-av/lib';
import type { FrameSpec } from '../../core/frame-slots.ts';
import type { Luma } from '../gate/luma-gate.ts';
import type { PictureSize } from '../ring/coding.ts';
import { allocPicture } from './alloc-picture.ts';
import { Recent } from './recent.ts';
import type { ScaledPicture } from './video-decoder.ts';

/** Width of the picture that the gate compares: a person of a twentieth of the width is seven pixels of it. */
const lumaWidth = 134;

/** The size of a picture inside `spec`: all of it, or as large as its aspect allows. */
export const contentSizeOf = (
  picture: PictureSize,
  spec: Pick<FrameSpec, 'width' | 'height' | 'fit'>,
): PictureSize => {
  if (spec.fit === 'stretch') return { width: spec.width, height: spec.height };
  const scale = Math.min(spec.width / picture.width, spec.height / picture.height);
  return {
    width: Math.min(spec.width, Math.max(1, Math.round(picture.width * scale))),
    height: Math.min(spec.height, Math.max(1, Math.round(picture.height * scale))),
  };
};

/** The size of the gate's picture. */
export const lumaSizeOf = ({ width, height }: PictureSize): PictureSize => ({
  width: lumaWidth,
  height: Math.min(2 * lumaWidth, Math.max(8, Math.round((lumaWidth * height) / width))),
});

/** One size and format to scale to, with the memory it is scaled into. */
class Target {
  readonly size: PictureSize;
  /** Of the whole picture, row by row without gaps. */
  readonly pixels: Uint8Array;
  readonly #frame = new Frame();
  readonly #context = new SoftwareScaleContext();

  constructor(size: PictureSize, format: AVPixelFormat) {
    this.size = size;
    allocPicture(this.#frame, size, format);
    this.pixels = this.#frame.data?.[0] ?? new Uint8Array(0);
    this.#context.allocContext();
    // Every source pixel counts, and it is the cheapest but the one that samples points.
    this.#context.setOption('sws_flags', 'area');
  }

  scale(source: Frame): boolean {
    return this.#context.scaleFrameSync(this.#frame, source) >= 0;
  }

  close(): void {
    this.#context.freeContext();
    this.#frame.free();
  }
}

/** Sizes of stream that the cameras of one thread have, twice: for the gate and for the detector. */
const maxTargets = 16;

/** Scales decoded frames for the gate and for the detector. One serves all cameras of a thread. */
export class PictureScaler {
  readonly #spec: FrameSpec;
  readonly #targets = new Recent<Target>(maxTargets);

  constructor(spec: FrameSpec) {
    this.#spec = spec;
  }

  toLuma(frame: Frame): Luma {
    return this.#scale(frame, lumaSizeOf(frame), AV_PIX_FMT_GRAY8);
  }

  toPixels(frame: Frame): ScaledPicture {
    const format = this.#spec.pixel === 'bgr' ? AV_PIX_FMT_BGR24 : AV_PIX_FMT_RGB24;
    return this.#scale(frame, contentSizeOf(frame, this.#spec), format);
  }

  close(): void {
    this.#targets.close();
  }

  #scale(frame: Frame, size: PictureSize, format: AVPixelFormat): ScaledPicture {
    const kind = `${frame.width}x${frame.height} ${frame.format} ${format}`;
    const target = this.#targets.take(kind, () => new Target(size, format));
    target.scale(frame);
    return { pixels: target.pixels, ...size };
  }
}
