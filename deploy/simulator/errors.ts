import { defineErrors } from '../../core/errors.ts';

export const simulatorError = defineErrors({
  'simulator-failed': 'unavailable',
  'simulator-timeout': 'timeout',
});
