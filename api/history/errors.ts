import { defineErrors } from '../../core/errors.ts';

/** What can go wrong between the program and its history. */
export const historyError = defineErrors({
  'history-unavailable': 'unavailable',
  'history-busy': 'unavailable',
  'history-closed': 'unavailable',
  // Our credentials were refused, not the caller's: for whoever asks the API it is an outage.
  'history-unauthorised': 'unavailable',
  'history-timeout': 'timeout',
  'history-full': 'exhausted',
  'history-locked': 'conflict',
  'history-too-new': 'conflict',
  'history-corrupt': 'corrupt',
  'history-settings-invalid': 'invalid',
  'history-refused': 'internal',
});
