import type { AVPixelFormat } from 'node-av/constants';
import type { Frame } from 'node-av/lib';
import type { PictureSize } from '../ring/coding.ts';

/**
 * Gives a new frame memory for a picture, its rows without gaps (alignment 1). FFmpeg pads the whole, so that its vector code may write
 * beyond the last row. Gives FFmpeg's code, negative when there is no memory; whoever made the frame frees it.
 */
export const allocPicture = (frame: Frame, { width, height }: PictureSize, format: AVPixelFormat): number => {
  frame.alloc();
  frame.width = width;
  frame.height = height;
  frame.format = format;
  return frame.getBuffer(1);
};
