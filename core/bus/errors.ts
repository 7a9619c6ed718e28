import { defineErrors } from '../errors.ts';

/** What can go wrong between the program and NATS. */
export const busError = defineErrors({
  'bus-server-missing': 'not-found',
  'bus-server-exited': 'unavailable',
  'bus-server-late': 'timeout',
  'bus-unavailable': 'unavailable',
  'bus-unauthorised': 'unauthenticated',
  'bus-full': 'exhausted',
  'bus-refused': 'invalid',
  'bus-conflict': 'conflict',
  'feeds-silent': 'unavailable',
});
