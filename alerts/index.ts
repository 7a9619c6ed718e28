export { alertsError } from './errors.ts';
export { createLifecycle, type Lifecycle, type LifecycleOptions } from './lifecycle/lifecycle.ts';
export { checkTransition, transitions } from './lifecycle/transitions.ts';
export { type OutboxOptions, openOutbox, type WorkerOutbox } from './outbox/outbox.ts';
export type { EarlierAlert, WatchedCamera } from './scenarios/camera-watch.ts';
export {
  createScenarioEngine,
  type ScenarioEngine,
  type ScenarioEngineOptions,
} from './scenarios/scenario-engine.ts';
export type { ObservedFrame } from './scenarios/scene.ts';
