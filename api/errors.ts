import { defineErrors } from '../core/errors.ts';

/** What the API itself refuses or cannot do. */
export const apiError = defineErrors({
  'request-invalid': 'invalid',
  'cursor-invalid': 'invalid',
  'range-unsatisfiable': 'invalid',
  'hash-weak': 'invalid',
  'secret-weak': 'invalid',
  'not-signed-in': 'unauthenticated',
  'sign-in-locked': 'exhausted',
  'sign-in-busy': 'unavailable',
  'host-forbidden': 'forbidden',
  'ground-forbidden': 'forbidden',
  'right-missing': 'forbidden',
  'route-unknown': 'not-found',
  'camera-unknown': 'not-found',
  'alert-unknown': 'not-found',
  'alert-moved': 'conflict',
  'step-illegal': 'conflict',
  'alert-busy': 'unavailable',
  'origin-forbidden': 'forbidden',
  'evidence-pending': 'not-found',
  'evidence-missing': 'not-found',
  'evidence-deleted': 'not-found',
  'streams-exhausted': 'exhausted',
  'api-port-taken': 'conflict',
  'api-address-unusable': 'invalid',
});
