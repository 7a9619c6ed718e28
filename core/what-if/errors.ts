import { defineErrors } from '../errors.ts';

/** Why scenarios cannot be run again. */
export const whatIfError = defineErrors({
  'whatif-invalid': 'invalid',
  'whatif-unsupported': 'invalid',
  'whatif-busy': 'exhausted',
  'whatif-late': 'timeout',
  'whatif-unreadable': 'corrupt',
});
