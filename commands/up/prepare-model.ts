import { describeUnfit, isUnfit } from '../../core/config/check-model.ts';
import { systemClock } from '../../core/runtime/clock.ts';
import type { Site } from '../../core/schema/site.ts';
import { resolveModel } from '../../models/index.ts';
import type { Invocation } from '../command.ts';

/**
 * Brings the model into the cache before any worker needs it, so that what is wrong with it is said here and once. A
 * scenario for which it is unfit does not keep the rest of the site from running.
 */
export const prepareModel = async (
  { environment, log, say }: Invocation,
  { site: { model: id }, scenarios }: Site,
  signal: AbortSignal,
): Promise<void> => {
  const { card, fallbackReason } = await resolveModel({
    ...(id === undefined ? {} : { id }),
    cacheFolder: environment.cacheFolder,
    sources: environment.modelSources,
    clock: systemClock,
    log,
    signal,
  });
  say(fallbackReason ?? `model: ${card.id}`);
  for (const scenario of scenarios.filter((each) => isUnfit(each, card.labels)))
    say(`not watched: ${describeUnfit(scenario, card.id)}`);
};
