import { defineErrors } from '../../core/errors.ts';

export const evalError = defineErrors({
  'labels-invalid': 'invalid',
  'labels-unreadable': 'invalid',
  'truth-invalid': 'invalid',
});
