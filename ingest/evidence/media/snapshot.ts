import type { Frame } from 'node-av/lib';
import type { PictureSize } from '../../ring/coding.ts';
import { sharp } from '../sharp.ts';
import { type OverlayContent, toOverlay } from './overlay.ts';
import { toRgb } from './to-rgb.ts';

/** Pixels. Wide enough to see what a person carries on their ground; four times smaller than 2K. */
const maxWidth = 1280;
const jpegQuality = 80;

export interface Snapshot {
  jpeg: Buffer;
  width: number;
  height: number;
}

const sizeOf = ({ width, height }: Frame): PictureSize => {
  if (width <= maxWidth) return { width, height };
  return { width: maxWidth, height: Math.max(1, Math.round((height * maxWidth) / width)) };
};

/** Draws boxes and the zone's outline onto a frame and makes a JPEG of it. Off this thread but for the drawing's text. */
export const toSnapshot = async (frame: Frame, content: OverlayContent): Promise<Snapshot> => {
  const { width, height } = sizeOf(frame);
  const pixels = await toRgb(frame, { width, height });
  const overlay = Buffer.from(toOverlay(content, width, height));
  const jpeg = await sharp(pixels, { raw: { width, height, channels: 3 } })
    .composite([{ input: overlay, left: 0, top: 0 }])
    .jpeg({ quality: jpegQuality })
    .toBuffer();
  return { jpeg, width, height };
};
