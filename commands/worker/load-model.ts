import type { Environment } from '../../core/config/environment.ts';
import { resolveModel } from '../../models/index.ts';
import type { RoleContext } from '../role.ts';

/** The site's model and its verified file; says so when it had to be another one. */
export const loadModel = async (
  { resources, clock, log, metrics, signal }: RoleContext,
  { cacheFolder, modelSources }: Environment,
) => {
  const { model } = resources.site();
  const { card, path, fallbackReason } = await resolveModel({
    ...(model === undefined ? {} : { id: model }),
    cacheFolder,
    sources: modelSources,
    ...{ clock, log, metrics, signal },
  });
  if (fallbackReason) log.warn({ service: 'models', modelId: card.id }, fallbackReason);
  return { card, modelPath: path };
};
