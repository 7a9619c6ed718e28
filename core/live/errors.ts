import { defineErrors } from '../errors.ts';

/** Why a worker cannot be reached for its pictures. */
export const doorError = defineErrors({
  'door-forbidden': 'forbidden',
  'door-late': 'timeout',
  'door-unreachable': 'unavailable',
  'door-unreadable': 'corrupt',
});
