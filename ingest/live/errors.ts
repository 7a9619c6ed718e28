import { defineErrors } from '../../core/errors.ts';

/** Why a camera cannot be shown. */
export const liveError = defineErrors({
  'camera-dark': 'unavailable',
  'camera-not-held': 'unavailable',
  'picture-failed': 'unavailable',
  'picture-busy': 'exhausted',
  'live-full': 'exhausted',
  'mpeg1-full': 'exhausted',
});
