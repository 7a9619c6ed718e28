export type { ModelProgress } from './fetch/obtain.ts';
export { listModels, verifyModels } from './list-models.ts';
export { findCard, type ModelPlaces, pullModel, resolveModel } from './resolve-model.ts';
