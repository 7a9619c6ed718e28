export { type ScenarioScores, scoreScenarios } from './evaluation/score-scenarios.ts';
export type { FoundSituation, TrueSituation } from './evaluation/situation.ts';
export { createLifecycle } from './lifecycle/lifecycle.ts';
export { openOutbox, type WorkerOutbox } from './outbox/outbox.ts';
export { pictureWishOf } from './scenarios/picture-wish.ts';
export { createScenarioEngine, type ScenarioEngine } from './scenarios/scenario-engine.ts';
