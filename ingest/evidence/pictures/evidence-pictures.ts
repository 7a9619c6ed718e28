import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import type { EvidencePictures } from '../../../core/evidence.ts';
import { evidenceError, isMissing } from '../errors.ts';
import { writeEvidenceFile } from '../evidence-file.ts';
import { evidencePathOf } from '../paths.ts';
import { blurPicture } from './blur-picture.ts';
import { cleanPicture } from './clean-picture.ts';
import { PictureTurns } from './picture-turns.ts';
import { sketchPicture } from './sketch-picture.ts';

/** Pictures by sharp, in an evidence folder that another process keeps within its bounds. */
export const createEvidencePictures = (folder: string): EvidencePictures => {
  const turns = new PictureTurns();
  return {
    sketched: (jpeg, sketch) =>
      turns.take(() =>
        sketchPicture(jpeg, sketch).catch((cause: unknown) => {
          throw evidenceError('picture-unreadable', 'the picture of the camera cannot be read', { cause });
        }),
      ),
    blurred: async (alertId, boxes) => {
      const snapshot = await readIfThere(evidencePathOf(folder, alertId, 'snapshot'));
      if (!snapshot) return undefined;
      return turns.take(() =>
        blurPicture(snapshot, boxes).catch((cause: unknown) => {
          throw evidenceError('picture-unreadable', `the snapshot of ${alertId} cannot be read`, { cause });
        }),
      );
    },
    keep: (alertId, bytes) =>
      turns.take(async () => {
        const { jpeg, ...size } = await cleanPicture(bytes);
        const sha256 = createHash('sha256').update(jpeg).digest('hex');
        const path = evidencePathOf(folder, alertId, `picture-${sha256}`);
        const fill = async (temporaryPath: string): Promise<typeof size> => {
          await writeFile(temporaryPath, jpeg);
          return size;
        };
        return writeEvidenceFile(path, fill, { expectedBytes: jpeg.length });
      }),
  };
};

const readIfThere = async (path: string): Promise<Buffer | undefined> => {
  try {
    return await readFile(path);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw evidenceError('evidence-unreadable', 'a snapshot could not be read', { cause: error });
  }
};
