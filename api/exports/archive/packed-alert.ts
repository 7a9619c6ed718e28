import path from 'node:path';
import type { BlurJob, BlurredMedia } from '../../../core/archive.ts';
import { isAppError } from '../../../core/errors.ts';
import type { EvidenceReader } from '../../../core/evidence.ts';
import type { Alert, Medium } from '../../../core/schema/alert.ts';
import { mediums } from '../../../core/schema/mediums.ts';
import type { ArchivedAlert, ArchivedFile } from './manifest.ts';
import type { ZipWriter } from './zip-file.ts';

export interface PackDeps {
  media: BlurredMedia;
  evidence: Pick<EvidenceReader, 'open'>;
  zip: ZipWriter;
  /** Where a file is made before it goes into the archive. */
  folder: string;
}

const names = { snapshot: 'snapshot.jpg', clip: 'clip.mp4' } as const;

/** Snapshot and clip of an alert, blurred and with what is written on them, in a folder of its own. What is not there is said. */
export const packAlert = async (
  deps: PackDeps,
  alert: Alert,
  caption: (at: number) => string,
): Promise<ArchivedAlert> => {
  const files: ArchivedAlert['files'] = {};
  for (const medium of mediums) files[medium] = await packMedium(deps, alert, medium, caption);
  return { alert, files };
};

const packMedium = (
  deps: PackDeps,
  alert: Alert,
  medium: Medium,
  caption: (at: number) => string,
): Promise<ArchivedFile> =>
  orMissing(async () => {
    const target = path.join(deps.folder, names[medium]);
    const job = { ...(await blurJobOf(deps, alert, medium)), target, caption };
    const facts = await deps.media[medium](job);
    return { ...(await deps.zip.move(target, `${alert.alertId}/${names[medium]}`)), ...facts };
  });

/** The picture of a false alarm to train with: out of its clip, for boxes and zone are drawn into the snapshot. */
export const packExample = async (deps: PackDeps, alert: Alert): Promise<ArchivedAlert> => {
  const image = await orMissing(async () => {
    const target = path.join(deps.folder, 'image.jpg');
    const facts = await deps.media.still({ ...(await blurJobOf(deps, alert, 'clip')), target });
    return { ...(await deps.zip.move(target, `images/${alert.alertId}.jpg`)), ...facts };
  });
  return { alert, files: { image } };
};

/** Why there is nothing to be had. */
class Missing extends Error {}

const blurJobOf = async (
  { evidence }: PackDeps,
  alert: Alert,
  medium: Medium,
): Promise<Omit<BlurJob, 'target'>> => {
  const { alertId, objects, capturedAt } = alert;
  const state = alert[medium];
  if (state.state === 'pending') throw new Missing('pending: it is not there yet');
  if (state.state !== 'ready') throw new Missing(`${state.state}: ${state.reason}`);
  const file = await evidence.open(alertId, medium);
  if (file?.path === undefined) throw new Missing('deleted: its file is gone');
  const startedAt = medium === 'clip' ? (state.item.startedAt ?? capturedAt) : capturedAt;
  return { file: file.path, startedAt, objects, objectsAt: capturedAt };
};

/** What makes the whole archive impossible; anything else costs one file. */
const fatalCodes: ReadonlySet<string> = new Set(['disk-full', 'archive-full']);

const orMissing = async (pack: () => Promise<ArchivedFile>): Promise<ArchivedFile> => {
  try {
    return await pack();
  } catch (error) {
    if (error instanceof Missing) return { missing: error.message };
    if (!isAppError(error) || fatalCodes.has(error.code)) throw error;
    return { missing: `${error.code}: ${error.message}` };
  }
};
