import { defineErrors } from '../errors.ts';

export const configError = defineErrors({
  'config-invalid': 'invalid',
  'config-unreadable': 'invalid',
  'config-secret-missing': 'invalid',
  'config-secrets-exposed': 'invalid',
  'timezone-unknown': 'invalid',
  'config-stale': 'conflict',
  'config-model-unfit': 'invalid',
  'config-empty': 'not-found',
});
