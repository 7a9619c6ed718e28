import { defineErrors } from '../errors.ts';

/** Why a camera's explanation cannot be had. */
export const explanationError = defineErrors({
  'camera-unwatched': 'unavailable',
  'explanation-late': 'timeout',
  'explanation-unreadable': 'corrupt',
});
