export { createLifecycle } from './lifecycle/lifecycle.ts';
export { openOutbox, type WorkerOutbox } from './outbox/outbox.ts';
export type { EarlierAlert, WatchedCamera } from './scenarios/camera-watch.ts';
export { pictureWishOf } from './scenarios/picture-wish.ts';
export { createScenarioEngine, type ScenarioEngine } from './scenarios/scenario-engine.ts';
