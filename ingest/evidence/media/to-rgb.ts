import { AV_PIX_FMT_RGB24 } from 'node-av/constants';
import { Frame, SoftwareScaleContext } from 'node-av/lib';
import { allocPicture } from '../../decode/alloc-picture.ts';
import type { PictureSize } from '../../ring/coding.ts';
import { checkFfmpeg } from './ffmpeg.ts';

const bytesPerPixel = 3;

/**
 * The picture in packed RGB, `width * height * 3` bytes without gaps, scaled off this thread. By node-av's lower interface: the higher one
 * has a scaler, too, and adds 2.4 MB to the heap of each camera thread. Throws `evidence-undecodable`.
 */
export const toRgb = async (source: Frame, { width, height }: PictureSize): Promise<Buffer> => {
  const target = new Frame();
  const context = new SoftwareScaleContext();
  try {
    const result = allocPicture(target, { width, height }, AV_PIX_FMT_RGB24);
    checkFfmpeg(result, 'evidence-undecodable', 'memory for a picture');
    context.allocContext();
    context.setOption('sws_flags', 'bilinear');
    checkFfmpeg(await context.scaleFrame(target, source), 'evidence-undecodable', 'scaling a picture');
    const pixels = target.data?.[0] ?? Buffer.alloc(0);
    return Buffer.from(pixels.subarray(0, width * height * bytesPerPixel));
  } finally {
    context.freeContext();
    target.free();
  }
};
