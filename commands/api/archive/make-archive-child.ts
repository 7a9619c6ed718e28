import { type MakerReport, writeArchive } from '../../../api/exports/archive/index.ts';
import type { ArchiveJob } from '../../../core/archive.ts';
import { loadEnvironment } from '../../../core/config/environment.ts';
import { toAppError } from '../../../core/errors.ts';
import { createLogger } from '../../../core/log.ts';
import { systemClock } from '../../../core/runtime/clock.ts';
import { frameSpecOf, openPictureDetector, scoreFloor } from '../../../inference/index.ts';
import { createBlurredMedia } from '../../../ingest/evidence/blurring/index.ts';
import { createEvidenceReader } from '../../../ingest/evidence/index.ts';
import { resolveModel } from '../../../models/index.ts';
import { evidenceFolder } from '../../site-evidence.ts';
import { programVersion } from './program-version.ts';

/** Runs in a process of its own: takes one job from its parent, tells what becomes of it, and ends with its parent. */
const tell = (report: MakerReport): void => void process.send?.(report);

const make = async (job: ArchiveJob): Promise<void> => {
  const environment = loadEnvironment(process.env);
  const log = createLogger({ level: environment.logLevel });
  const { card, path } = await resolveModel({
    ...(job.modelId === undefined ? {} : { id: job.modelId }),
    cacheFolder: environment.cacheFolder,
    sources: environment.modelSources,
    clock: systemClock,
    log,
    signal: new AbortController().signal, // it is killed
  });
  const detector = await openPictureDetector(card, path);
  const media = createBlurredMedia({
    spec: frameSpecOf(card),
    modelId: card.id,
    minScore: scoreFloor,
    look: async (picture) => {
      const { findings } = await detector.look(picture);
      tell({ type: 'going' });
      return findings.detections;
    },
    onPicture: () => tell({ type: 'going' }),
  });
  const evidence = createEvidenceReader(evidenceFolder(environment));
  const archive = await writeArchive(job, { media, evidence, version: await programVersion() }, (made) =>
    tell({ type: 'made', made }),
  );
  tell({ type: 'done', archive });
};

process.once('disconnect', () => process.exit(1));
process.once('message', (job: ArchiveJob) => {
  make(job).catch((error: unknown) => {
    const { code, kind, message } = toAppError(error);
    tell({ type: 'failed', code, kind, message });
  });
});
