import type { Raw } from 'sharp';
import type { Box } from '../../../core/schema/geometry.ts';
import { sharp } from '../sharp.ts';

/** Pixels. Enough to know the spot again on a telephone, and some 20 KB on a poor line. */
const width = 640;
/**
 * Standard deviation of the blur over all of the picture, in pixels of its 640: a face of 50 pixels, larger than any that
 * a street camera shows, keeps less than four cycles across, where people recognise nobody (about eight are needed: Näsänen,
 * Vision Research 39, 1999). Whoever the detector did not see is blurred by this.
 */
const sigma = 7;
/** Squares across a picture: 27 pixels of 640 each. Nothing smaller of a person or vehicle is left. */
const squaresAcross = 24;
/** Of the box's own size, to every side: boxes are not exact. */
const margin = 0.15;
const jpegQuality = 60;

interface Area {
  left: number;
  top: number;
  width: number;
  height: number;
}

/**
 * Makes a small JPEG of a picture in which nobody and no plate can be known. All of it is blurred; what lies in the boxes
 * (shares of the picture) is reduced to coarse squares besides, all of it, for no face or plate is ever located.
 */
export const blurPicture = async (picture: Buffer, boxes: readonly Box[]): Promise<Buffer> => {
  const { data: soft, info } = await sharp(picture, { limitInputPixels: 40_000_000 })
    .resize({ width, withoutEnlargement: false })
    .removeAlpha()
    .blur(sigma)
    .raw()
    .toBuffer({ resolveWithObject: true });
  const size = { width: info.width, height: info.height };
  const raw = { ...size, channels: info.channels };
  const areas = boxes.map((box) => toArea(box, size)).filter((area) => area.width > 0 && area.height > 0);
  const coarse = areas.length > 0 ? await toSquares(soft, raw) : soft;
  const patches = areas.map(async (area) => ({
    input: await sharp(coarse, { raw }).extract(area).png().toBuffer(),
    left: area.left,
    top: area.top,
  }));
  return sharp(soft, { raw })
    .composite(await Promise.all(patches))
    .jpeg({ quality: jpegQuality })
    .toBuffer();
};

const toSquares = async (pixels: Buffer, raw: Raw): Promise<Buffer> => {
  const small = await sharp(pixels, { raw }).resize({ width: squaresAcross }).png().toBuffer();
  return sharp(small)
    .resize({ width: raw.width, height: raw.height, fit: 'fill', kernel: 'nearest' })
    .removeAlpha()
    .raw()
    .toBuffer();
};

const toArea = ({ x, y, w, h }: Box, size: { width: number; height: number }): Area => {
  const span = (start: number, length: number, whole: number): [number, number] => {
    const from = Math.floor(Math.max(0, start - length * margin) * whole);
    const to = Math.ceil(Math.min(1, start + length * (1 + margin)) * whole);
    return [from, to - from];
  };
  const [left, across] = span(x, w, size.width);
  const [top, down] = span(y, h, size.height);
  return { left, top, width: across, height: down };
};
