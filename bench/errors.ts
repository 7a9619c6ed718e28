import { defineErrors } from '../core/errors.ts';

export const benchError = defineErrors({
  'bench-usage-invalid': 'invalid',
  'bench-clip-unreadable': 'corrupt',
  'bench-simulator-failed': 'internal',
  'bench-side-failed': 'internal',
});
