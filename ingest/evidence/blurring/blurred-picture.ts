import type { OverlayOptions } from 'sharp';
import type { BlurJob, BlurredPicture } from '../../../core/archive.ts';
import { ClipReader } from '../../replay/clip-reader.ts';
import { evidenceError } from '../errors.ts';
import { toOverlay } from '../media/overlay.ts';
import { toRgb } from '../media/to-rgb.ts';
import { sharp } from '../sharp.ts';
import { coverClip } from './blurred-clip.ts';
import { type BlurredBox, toBlurredBoxes } from './blurred-part.ts';
import { captionSvg } from './caption.ts';
import type { PictureLooker } from './look-over.ts';
import { toSquares } from './mosaic.ts';
import { toArea } from './to-area.ts';
import { sizeFor } from './yuv-picture.ts';

const jpegQuality = 82;
const maxPixels = 40_000_000;

interface Rgb extends BlurredPicture {
  pixels: Uint8Array;
}

/**
 * Blurs a snapshot. Its boxes were drawn into it and went with what they were around; they are drawn again. Throws
 * `evidence-undecodable`.
 */
export const blurSnapshot = async (job: BlurJob, looker: PictureLooker): Promise<BlurredPicture> => {
  const found = await lookAtStill(job.file, looker);
  const { data, info } = await sharp(job.file, { limitInputPixels: maxPixels })
    .removeAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true })
    .catch((cause: unknown) => {
      throw evidenceError('evidence-undecodable', 'the snapshot could not be decoded', { cause });
    });
  const rgb = { pixels: data, width: info.width, height: info.height };
  blurRgb(rgb, [...found, ...toBlurredBoxes(job.objects)]);
  const drawn = Buffer.from(toOverlay({ boxes: job.objects }, info.width, info.height));
  await write(rgb, job, [{ input: drawn, left: 0, top: 0 }]);
  return { width: info.width, height: info.height };
};

const lookAtStill = async (file: string, looker: PictureLooker): Promise<BlurredBox[]> => {
  const reader = await ClipReader.open(file, looker.spec, 'whole');
  try {
    const picture = reader.next();
    if (!picture) throw evidenceError('evidence-undecodable', 'the snapshot could not be decoded');
    return toBlurredBoxes(await looker.look(picture.toPixels()));
  } finally {
    await reader.close();
  }
};

/** The picture of a clip at the moment of the alert, blurred as in the clip, with nothing drawn on it. */
export const blurStill = async (job: BlurJob, looker: PictureLooker): Promise<BlurredPicture> => {
  const { plan, timesUs } = await coverClip(job, looker);
  const atUs = (job.objectsAt - job.startedAt) * 1000;
  const wantedUs = timesUs.reduce(
    (best, time) => (Math.abs(time - atUs) < Math.abs(best - atUs) ? time : best),
    0,
  );
  const rgb = await pictureAt(job.file, wantedUs, looker);
  blurRgb(rgb, plan.at(wantedUs));
  await write(rgb, job, []);
  return { width: rgb.width, height: rgb.height };
};

const pictureAt = async (file: string, wantedUs: number, { spec }: PictureLooker): Promise<Rgb> => {
  const reader = await ClipReader.open(file, spec, 'whole');
  try {
    let picture = reader.next();
    while (picture && picture.ptsUs < wantedUs) picture = reader.next();
    if (!picture) throw evidenceError('evidence-undecodable', 'no picture of the clip could be decoded');
    const size = sizeFor(picture);
    return { pixels: await toRgb(picture.frame, size), ...size };
  } finally {
    await reader.close();
  }
};

const blurRgb = ({ pixels, width, height }: Rgb, boxes: readonly BlurredBox[]): void => {
  for (const box of boxes) {
    const area = toArea(box, { width, height });
    if (!area) continue;
    for (const offset of [0, 1, 2]) toSquares({ data: pixels, stride: width * 3, step: 3, offset }, area);
  }
};

const write = async (
  { pixels, width, height }: Rgb,
  { caption, objectsAt, target }: BlurJob,
  overlays: readonly OverlayOptions[],
): Promise<void> => {
  const written = caption ? captionSvg(caption(objectsAt), width) : undefined;
  const line = written ? [{ input: written.svg, left: 0, top: Math.max(0, height - written.height) }] : [];
  await sharp(pixels, { raw: { width, height, channels: 3 } })
    .composite([...overlays, ...line])
    .jpeg({ quality: jpegQuality })
    .toFile(target);
};
