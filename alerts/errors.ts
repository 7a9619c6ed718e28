import { defineErrors } from '../core/errors.ts';

export const alertsError = defineErrors({
  'lifecycle-behind': 'timeout',
  'outbox-unusable': 'unavailable',
  'outbox-event-id': 'invalid',
  'outbox-full': 'exhausted',
  'outbox-disk-full': 'exhausted',
  'outbox-unwritable': 'unavailable',
  'outbox-closed': 'unavailable',
  'service-address-forbidden': 'forbidden',
  'service-unreachable': 'unavailable',
  'service-late': 'timeout',
  'service-failing': 'unavailable',
  'service-refused': 'invalid',
  'upstream-unregistered': 'unavailable',
});
