import type { FrameSpec } from '../../../core/frame-slots.ts';
import type { Detection } from '../../../core/schema/detection.ts';
import type { ScaledPicture } from '../../decode/video-decoder.ts';
import { ClipReader } from '../../replay/clip-reader.ts';
import { toBlurredBoxes } from './blurred-part.ts';
import type { Look } from './cover-plan.ts';

/** A detector as this needs it. */
export interface PictureLooker {
  spec: FrameSpec;
  modelId: string;
  /** The score below which it tells nothing. */
  minScore: number;
  look(picture: { width: number; height: number; pixels: Uint8Array }): Promise<readonly Detection[]>;
  /** A picture of a clip has been written: it goes on. */
  onPicture?(): void;
}

export const looksPerSecond = 5;

export interface LookedOver {
  looks: Look[];
  /** When each whole picture is shown, in order. */
  timesUs: number[];
}

/** Looks at a clip, five times in each second of it and at its last picture. Throws `clip-unreadable`. */
export const lookOver = async (file: string, looker: PictureLooker): Promise<LookedOver> => {
  const reader = await ClipReader.open(file, looker.spec, 'whole');
  const looks: Look[] = [];
  const timesUs: number[] = [];
  const take = async (ptsUs: number, pixels: Parameters<PictureLooker['look']>[0]): Promise<void> => {
    looks.push({ ptsUs, found: toBlurredBoxes(await looker.look(pixels)) });
  };
  try {
    let dueUs = 0;
    // Not looked at, unless it turns out to be the last.
    let passed: { ptsUs: number; pixels: ScaledPicture } | undefined;
    for (let picture = reader.next(); picture; picture = reader.next()) {
      const { ptsUs } = picture;
      const pixels = picture.toPixels();
      timesUs.push(ptsUs);
      passed = ptsUs < dueUs ? { ptsUs, pixels } : undefined;
      if (passed) continue;
      dueUs = ptsUs + 1e6 / looksPerSecond;
      await take(ptsUs, pixels);
    }
    if (passed) await take(passed.ptsUs, passed.pixels);
    return { looks, timesUs };
  } finally {
    await reader.close();
  }
};
