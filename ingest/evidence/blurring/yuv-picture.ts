import { AV_PIX_FMT_YUV420P } from 'node-av/constants';
import { Frame, SoftwareScaleContext } from 'node-av/lib';
import { allocPicture } from '../../decode/alloc-picture.ts';
import { checkFfmpeg } from '../media/ffmpeg.ts';
import type { BlurredBox } from './blurred-part.ts';
import type { Drawing } from './caption.ts';
import { halved, type Plane, toSquares } from './mosaic.ts';
import { toArea } from './to-area.ts';

/** Pixels. Wider pictures are made smaller: it is to be looked at, and 2K shows all that a street camera does. */
const maxWidth = 2560;

/** The size that a picture is given: even both ways, as H.264 in 4:2:0 wants it. */
export const sizeFor = ({ width, height }: { width: number; height: number }) => {
  const scale = Math.min(1, maxWidth / width);
  const even = (side: number): number => Math.max(2, 2 * Math.round((side * scale) / 2));
  return { width: even(width), height: even(height) };
};

/** A picture of one size in memory, into which one after the other is drawn, blurred and written upon. */
export class YuvPicture {
  readonly width: number;
  readonly height: number;
  /** Lent to the encoder, which has read it when it returns. */
  readonly frame = new Frame();
  readonly #planes: readonly [Plane, Plane, Plane];
  readonly #scale = new SoftwareScaleContext();

  constructor({ width, height }: { width: number; height: number }) {
    this.width = width;
    this.height = height;
    const result = allocPicture(this.frame, { width, height }, AV_PIX_FMT_YUV420P);
    checkFfmpeg(result, 'evidence-unmuxable', 'memory for a picture');
    const data = this.frame.data ?? [];
    const plane = (index: number): Plane => ({
      data: data[index] ?? new Uint8Array(0),
      stride: this.frame.linesize[index] ?? 0,
      step: 1,
      offset: 0,
    });
    this.#planes = [plane(0), plane(1), plane(2)];
    this.#scale.allocContext();
    this.#scale.setOption('sws_flags', 'bicubic');
  }

  /** Takes a decoded picture of any size and format. */
  draw(source: Frame): void {
    checkFfmpeg(
      this.#scale.scaleFrameSync(this.frame, source),
      'evidence-undecodable',
      'converting a picture',
    );
  }

  blur(boxes: readonly BlurredBox[]): void {
    const [luma, blue, red] = this.#planes;
    for (const box of boxes) {
      const area = toArea(box, this);
      if (!area) continue;
      toSquares(luma, area);
      for (const plane of [blue, red]) toSquares(plane, halved(area));
    }
  }

  /** Lays a drawing over it, at the bottom. Grey alone: its colours go. */
  write({ pixels, width, height }: Drawing): void {
    const top = this.height - height;
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < Math.min(width, this.width); x++) {
        const at = (y * width + x) * 4;
        const share = (pixels[at + 3] ?? 0) / 255;
        if (share > 0) this.#mix(x, top + y, 16 + ((pixels[at] ?? 0) * 219) / 255, share);
      }
    }
  }

  close(): void {
    this.#scale.freeContext();
    this.frame.free();
  }

  #mix(x: number, y: number, luma: number, share: number): void {
    const [first, ...colours] = this.#planes;
    mixAt(first, x, y, luma, share);
    if (x % 2 === 0 && y % 2 === 0) for (const plane of colours) mixAt(plane, x / 2, y / 2, 128, share);
  }
}

const mixAt = ({ data, stride }: Plane, x: number, y: number, value: number, share: number): void => {
  const at = y * stride + x;
  data[at] = Math.round((data[at] ?? 0) * (1 - share) + value * share);
};
