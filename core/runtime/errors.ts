import { defineErrors } from '../errors.ts';

export const runtimeError = defineErrors({
  'usage-invalid': 'invalid',
  'site-running': 'conflict',
  'site-not-running': 'unavailable',
  'port-taken': 'conflict',
});
