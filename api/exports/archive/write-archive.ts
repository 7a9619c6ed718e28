import { mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { ArchiveJob, ArchiveMade } from '../../../core/archive.ts';
import type { ArchivedAlert } from './manifest.ts';
import { toManifest } from './manifest.ts';
import { type PackDeps, packAlert, packExample } from './packed-alert.ts';
import { toReadMe } from './read-me.ts';
import { createCaption } from './site-captions.ts';
import { type TrainingPicture, toCocoLabels, toYoloData, toYoloLabels } from './training-labels.ts';
import { type PackedFile, ZipWriter } from './zip-file.ts';

export interface WriteArchiveDeps extends Pick<PackDeps, 'media' | 'evidence'> {
  /** Of the program. */
  version: string;
}

/**
 * Makes the archive of an export: blurs what there is, one alert after the other, and puts it into its place when it is whole.
 * `onMade`: so many alerts are done. Throws `archive-full` or `disk-full`; a single medium that cannot be had costs itself.
 */
export const writeArchive = async (
  job: ArchiveJob,
  deps: WriteArchiveDeps,
  onMade: (made: number) => void,
): Promise<ArchiveMade> => {
  const { exported, folder, file } = job;
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const unfinished = path.join(folder, 'archive.zip');
  const zip = new ZipWriter(unfinished, job);
  const alerts: ArchivedAlert[] = [];
  for (const alert of job.alerts) {
    const pack = { ...deps, zip, folder };
    const caption = createCaption(job, alert.place);
    alerts.push(
      exported.kind === 'alerts' ? await packAlert(pack, alert, caption) : await packExample(pack, alert),
    );
    onMade(alerts.length);
  }
  const files = exported.kind === 'hardExamples' ? addLabels(zip, job, alerts) : [];
  files.push(zip.add(toReadMe(job, deps.media.rule), 'README.txt'));
  const manifest = toManifest({ job, rule: deps.media.rule, version: deps.version, alerts, files });
  zip.add(`${JSON.stringify(manifest, null, 1)}\n`, 'manifest.json');
  const made = await zip.end();
  await rename(unfinished, file);
  await rm(folder, { recursive: true, force: true });
  return made;
};

const addLabels = (
  zip: ZipWriter,
  { exported }: ArchiveJob,
  alerts: readonly ArchivedAlert[],
): PackedFile[] => {
  const pictures = alerts.flatMap(toTrainingPicture);
  if (exported.format === 'coco') return [zip.add(toCocoLabels(pictures), 'annotations.json')];
  const labelled = pictures.map(({ name, objects }) =>
    zip.add(toYoloLabels(objects), `labels/${name.replace(/jpg$/, 'txt')}`),
  );
  return [...labelled, zip.add(toYoloData(), 'data.yaml')];
};

const toTrainingPicture = ({ alert, files: { image } }: ArchivedAlert): TrainingPicture[] => {
  if (image === undefined || 'missing' in image) return [];
  const { width, height } = image;
  return [{ name: `${alert.alertId}.jpg`, width, height, objects: alert.objects }];
};
