import { AV_PIX_FMT_BGR24, AV_PIX_FMT_GRAY8, AV_PIX_FMT_RGB24, type AVPixelFormat } from 'node-av/constants';
import { Frame, SoftwareScaleContext } from 'node-av/lib';
import type { FrameSpec } from '../../core/frame-slots.ts';
import type { Luma } from '../gate/luma-gate.ts';
import type { ScaledPicture } from './video-decoder.ts';

export interface Size {
  width: number;
  height: number;
}

/** Width of the picture that the gate compares: a person of a twentieth of the width is seven pixels of it. */
const lumaWidth = 134;

/** The size of a picture inside `spec`: all of it, or as large as its aspect allows. */
export const contentSizeOf = (picture: Size, spec: Pick<FrameSpec, 'width' | 'height' | 'fit'>): Size => {
  if (spec.fit === 'stretch') return { width: spec.width, height: spec.height };
  const scale = Math.min(spec.width / picture.width, spec.height / picture.height);
  return {
    width: Math.min(spec.width, Math.max(1, Math.round(picture.width * scale))),
    height: Math.min(spec.height, Math.max(1, Math.round(picture.height * scale))),
  };
};

/** The size of the gate's picture. */
export const lumaSizeOf = ({ width, height }: Size): Size => ({
  width: lumaWidth,
  height: Math.min(2 * lumaWidth, Math.max(8, Math.round((lumaWidth * height) / width))),
});

/** One size and format to scale to, with the memory it is scaled into. */
class Target {
  readonly size: Size;
  /** Of the whole picture, row by row without gaps. */
  readonly pixels: Uint8Array;
  readonly #frame = new Frame();
  readonly #context = new SoftwareScaleContext();

  constructor(size: Size, format: AVPixelFormat) {
    this.size = size;
    this.#frame.alloc();
    this.#frame.width = size.width;
    this.#frame.height = size.height;
    this.#frame.format = format;
    // Alignment 1: rows without gaps. FFmpeg pads the whole, so that its vector code may write beyond the last row.
    this.#frame.getBuffer(1);
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

/** Scales decoded frames for the gate and for the detector. Sizes may change from frame to frame. */
export class PictureScaler {
  readonly #spec: FrameSpec;
  #luma: Target | undefined;
  #content: Target | undefined;

  constructor(spec: FrameSpec) {
    this.#spec = spec;
  }

  toLuma(frame: Frame): Luma {
    this.#luma = this.#fitting(this.#luma, lumaSizeOf(frame), AV_PIX_FMT_GRAY8);
    this.#luma.scale(frame);
    return { ...this.#luma.size, pixels: this.#luma.pixels };
  }

  toPixels(frame: Frame): ScaledPicture {
    const format = this.#spec.pixel === 'bgr' ? AV_PIX_FMT_BGR24 : AV_PIX_FMT_RGB24;
    this.#content = this.#fitting(this.#content, contentSizeOf(frame, this.#spec), format);
    this.#content.scale(frame);
    return { ...this.#content.size, pixels: this.#content.pixels };
  }

  close(): void {
    this.#luma?.close();
    this.#content?.close();
    this.#luma = undefined;
    this.#content = undefined;
  }

  #fitting(target: Target | undefined, size: Size, format: AVPixelFormat): Target {
    if (target && target.size.width === size.width && target.size.height === size.height) return target;
    target?.close();
    return new Target(size, format);
  }
}
