import {
  AV_PIX_FMT_BGR24,
  AV_PIX_FMT_GRAY8,
  AV_PIX_FMT_RGB24,
  AV_PIX_FMT_YUV420P,
  AV_PIX_FMT_YUVJ420P,
  type AVPixelFormat,
} from 'node-av/constants';
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
  /** Of the whole picture, row by row without gaps; of planes the first. */
  readonly pixels: Uint8Array;
  readonly frame = new Frame();
  readonly #context = new SoftwareScaleContext();

  constructor(size: PictureSize, format: AVPixelFormat) {
    this.size = size;
    allocPicture(this.frame, size, format);
    this.pixels = this.frame.data?.[0] ?? new Uint8Array(0);
    this.#context.allocContext();
    // Every source pixel counts, and it is the cheapest but the one that samples points.
    this.#context.setOption('sws_flags', 'area');
  }

  /** Colours mean what they mean in `source`. */
  scalePlanes(source: Frame): boolean {
    this.frame.colorRange = source.colorRange;
    this.frame.colorSpace = source.colorSpace;
    return this.scale(source);
  }

  scale(source: Frame): boolean {
    return this.#context.scaleFrameSync(this.frame, source) >= 0;
  }

  close(): void {
    this.#context.freeContext();
    this.frame.free();
  }
}

/** What decoders give, all but always: three planes, the two of colour at half the size. */
const isPlanar = ({ format }: Frame): boolean =>
  format === AV_PIX_FMT_YUV420P || format === AV_PIX_FMT_YUVJ420P;

/**
 * Scales planes first and makes pixels of them then: FFmpeg has vector code for either, and for both in one step it has none. 0.18 instead
 * of 0.36 ms for 640×480 (docs/performance.md).
 */
class PixelTarget {
  readonly #planes: Target;
  readonly #pixels: Target;

  constructor(size: PictureSize, planar: AVPixelFormat, packed: AVPixelFormat) {
    this.#planes = new Target(size, planar);
    this.#pixels = new Target(size, packed);
  }

  get size(): PictureSize {
    return this.#pixels.size;
  }

  get pixels(): Uint8Array {
    return this.#pixels.pixels;
  }

  scale(source: Frame): boolean {
    return this.#planes.scalePlanes(source) && this.#pixels.scale(this.#planes.frame);
  }

  close(): void {
    this.#planes.close();
    this.#pixels.close();
  }
}

/** Sizes of stream that the cameras of one thread have, twice: for the gate and for the detector. */
const maxTargets = 16;

/** Scales decoded frames for the gate and for the detector. One serves all cameras of a thread. */
export class PictureScaler {
  readonly #spec: FrameSpec;
  readonly #targets = new Recent<Target | PixelTarget>(maxTargets);

  constructor(spec: FrameSpec) {
    this.#spec = spec;
  }

  toLuma(frame: Frame): Luma {
    const size = lumaSizeOf(frame);
    return this.#scale(frame, 'luma', () => new Target(size, AV_PIX_FMT_GRAY8));
  }

  toPixels(frame: Frame): ScaledPicture {
    const packed = this.#spec.pixel === 'bgr' ? AV_PIX_FMT_BGR24 : AV_PIX_FMT_RGB24;
    const size = contentSizeOf(frame, this.#spec);
    return this.#scale(frame, 'pixels', () =>
      isPlanar(frame)
        ? new PixelTarget(size, frame.format as AVPixelFormat, packed)
        : new Target(size, packed),
    );
  }

  close(): void {
    this.#targets.close();
  }

  #scale(frame: Frame, what: 'luma' | 'pixels', create: () => Target | PixelTarget): ScaledPicture {
    const target = this.#targets.take(`${what} ${frame.width}x${frame.height} ${frame.format}`, create);
    target.scale(frame);
    return { width: target.size.width, height: target.size.height, pixels: target.pixels };
  }
}
