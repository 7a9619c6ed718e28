import { burningLabels, type Label } from '../schema/label.ts';
import type { Scenario } from '../schema/scenario.ts';
import { configError } from './errors.ts';

/** The classes of which a scenario needs at least one that the model knows; none for kinds that take what there is. */
export const neededLabels = (scenario: Scenario): readonly Label[] =>
  scenario.kind === 'fireSmoke' ? (scenario.labels ?? burningLabels) : [];

/** Whether a scenario needs classes, and a model that reports `modelLabels` has none of them. */
export const isUnfit = (scenario: Scenario, modelLabels: readonly (Label | null)[]): boolean => {
  const needed = neededLabels(scenario);
  return needed.length > 0 && !needed.some((label) => modelLabels.includes(label));
};

/** What an unfit model lacks, in words. */
export const describeUnfit = (scenario: Scenario, modelId: string): string =>
  `scenario '${scenario.id}' (${scenario.kind}) needs a model with ${neededLabels(scenario).join(' or ')}; installed: ${modelId}`;

/** Throws `config-model-unfit` naming every scenario for which a model has none of the classes it needs. */
export const requireFitModel = (
  scenarios: readonly Scenario[],
  { id, labels }: { id: string; labels: readonly (Label | null)[] },
): void => {
  const unfit = scenarios.filter((scenario) => isUnfit(scenario, labels));
  if (unfit.length === 0) return;
  throw configError(
    'config-model-unfit',
    `${unfit.map((scenario) => describeUnfit(scenario, id)).join('; ')}. Name a model that has them in site.model, or take them out`,
    { modelId: id, scenarios: unfit.map((scenario) => scenario.id) },
  );
};
