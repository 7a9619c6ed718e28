export { createActions } from './actions/actions.ts';
export { type ScenarioScores, scoreScenarios } from './evaluation/score-scenarios.ts';
export type { FoundSituation, TrueSituation } from './evaluation/situation.ts';
export { createIncidents } from './incidents/incidents.ts';
export { createLifecycle } from './lifecycle/lifecycle.ts';
export { openOutbox, type WorkerOutbox } from './outbox/outbox.ts';
export { pictureWishOf } from './scenarios/picture-wish.ts';
export { createScenarioEngine, type ScenarioEngine } from './scenarios/scenario-engine.ts';
export { createWideScenarios } from './wide/wide-scenarios.ts';
