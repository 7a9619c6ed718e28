import { neededLabels, requireFitModel } from '../core/config/check-model.ts';
import type { Site } from '../core/schema/site.ts';
import { findCard } from '../models/index.ts';
import type { Invocation } from './command.ts';

/**
 * Refuses a site that has scenarios for which its model lacks the classes, before anything is written. Throws
 * `config-model-unfit`, or `model-unknown` when this machine has no card of the model.
 */
export const refuseUnfitModel = async (
  { environment, log }: Pick<Invocation, 'environment' | 'log'>,
  { site, scenarios }: Site,
): Promise<void> => {
  if (scenarios.every((scenario) => neededLabels(scenario).length === 0)) return;
  requireFitModel(scenarios, await findCard({ sources: environment.modelSources, log }, site.model));
};
