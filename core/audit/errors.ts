import { defineErrors } from '../errors.ts';

/** What can go wrong with the audit log. */
export const auditError = defineErrors({
  'audit-busy': 'unavailable',
  'anchors-unreadable': 'invalid',
});
