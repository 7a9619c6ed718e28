import type { Environment } from '../../core/config/environment.ts';
import { readSite } from '../../core/config/read-site.ts';
import type { Logger } from '../../core/log.ts';
import { verifyModels } from '../../models/index.ts';
import { type CheckResult, fail, ok, warn } from './check.ts';

/** The packages with machine code inside: they load, or the machine is of another kind than they were built for. */
export const checkEngines = async (): Promise<CheckResult> => {
  await import('../../ingest/index.ts');
  await import('../../inference/index.ts');
  await import('../../api/history/index.ts');
  return ok('packages', 'FFmpeg, sharp, ONNX Runtime and ClickHouse load');
};

/** Whether a model is here and unaltered. */
export const checkModel = async (
  { cacheFolder, modelSources }: Environment,
  log: Logger,
): Promise<CheckResult> => {
  const name = 'model';
  const verdicts = await verifyModels({ cacheFolder, sources: modelSources, log });
  const unsound = verdicts.find(({ state }) => state === 'unsound');
  if (unsound) {
    return fail(
      name,
      unsound.problem ?? `${unsound.id} is unsound`,
      `run xueliang models pull ${unsound.id}`,
    );
  }
  const sound = verdicts.filter(({ state }) => state === 'sound').map(({ id }) => id);
  return sound.length > 0
    ? ok(name, sound.join(', '))
    : warn(name, `none in ${cacheFolder} yet`, 'run xueliang models pull, or let the first start do it');
};

/** Whether a site file would be accepted. */
export const checkSiteFile = async (file: string): Promise<CheckResult> => {
  const { cameras, scenarios } = await readSite(file);
  return ok('site file', `${file}: ${cameras.length} cameras, ${scenarios.length} scenarios`);
};
