export type { ApiDeps } from './api-deps.ts';
export type { SendAnchor } from './audit/send-anchors.ts';
export { ensureFirstUser, type FirstUser } from './auth/first-boot.ts';
export { createPasswordHash, createSecret } from './auth/password-hash.ts';
export { createApi } from './create-api.ts';
export type { Inside } from './inside.ts';
export { openApiRole } from './open-api-role.ts';
export type { Reconciler } from './reconciliation/open-reconciliation.ts';
