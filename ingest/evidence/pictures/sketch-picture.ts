import type { Sketch } from '../../../core/evidence.ts';
import { toOverlay } from '../media/overlay.ts';
import { sharp } from '../sharp.ts';

const jpegQuality = 80;

/** Draws where a scenario looks onto a picture, which keeps its size. */
export const sketchPicture = async (jpeg: Buffer, { zone, line, masks }: Sketch): Promise<Buffer> => {
  const picture = sharp(jpeg);
  const { width, height } = await picture.metadata();
  const content = { boxes: [], masks, ...(zone ? { outline: zone } : {}), ...(line ? { line } : {}) };
  const overlay = Buffer.from(toOverlay(content, width, height));
  return picture
    .composite([{ input: overlay, left: 0, top: 0 }])
    .jpeg({ quality: jpegQuality })
    .toBuffer();
};
