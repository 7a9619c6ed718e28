import { type Look, parseMotTruth, type Truth } from '../../../inference/index.ts';
import { type OpenDetector, withClip } from '../../replay/open-replay.ts';

/** What the detector found in the pictures of a clip, beside what is there. */
export interface LookedClip {
  looks: readonly Look[];
  truth: Truth;
}

/**
 * Looks at every picture of a clip with the program's own decoding, scaling and model, from the first to the last of
 * which the truth knows. Throws `clip-unreadable`, `mot-truth-invalid`.
 */
export const lookAtClip = (
  clip: string,
  truthText: string,
  { card, detector }: OpenDetector,
  signal: AbortSignal,
): Promise<LookedClip> =>
  withClip(clip, card, async (reader) => {
    const looks: Look[] = [];
    let truth: Truth = new Map();
    let last = 0;
    for (let picture = reader.next(); picture && picture.index <= last; picture = reader.next()) {
      signal.throwIfAborted(); // half a clip has half the truth
      if (looks.length === 0) {
        truth = parseMotTruth(truthText, picture);
        last = Math.max(...truth.keys());
      }
      const { findings } = await detector.look(picture.toPixels());
      const { index, ptsUs } = picture;
      looks.push({ index, atMs: ptsUs / 1000, detections: findings.detections });
    }
    return { looks, truth };
  });
