import type { BlurredMedia } from '../../../core/archive.ts';
import { isAppError } from '../../../core/errors.ts';
import { evidenceError, isDiskFull } from '../errors.ts';
import { blurClip } from './blurred-clip.ts';
import { blurSnapshot, blurStill } from './blurred-picture.ts';
import { looksPerSecond, type PictureLooker } from './look-over.ts';
import { margin } from './to-area.ts';

/** Blurring with a detector. It blocks its thread for seconds: it belongs into a process of its own. */
export const createBlurredMedia = (looker: PictureLooker): BlurredMedia => ({
  rule: { modelId: looker.modelId, minScore: looker.minScore, looksPerSecond, margin },
  snapshot: (job) => translated(blurSnapshot(job, looker)),
  clip: (job) => translated(blurClip(job, looker)),
  still: (job) => translated(blurStill(job, looker)),
});

const translated = <Result>(work: Promise<Result>): Promise<Result> =>
  work.catch((error: unknown) => {
    if (isDiskFull(error))
      throw evidenceError('disk-full', 'no room on the disk for an archive', { cause: error });
    if (isAppError(error) && error.code !== 'clip-unreadable') throw error;
    throw evidenceError('evidence-undecodable', 'the evidence could not be decoded', { cause: error });
  });
