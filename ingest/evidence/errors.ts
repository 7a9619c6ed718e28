import { defineErrors, isAppError, toAppError } from '../../core/errors.ts';

export const evidenceError = defineErrors({
  'alert-id-invalid': 'invalid',
  'medium-unknown': 'invalid',
  'range-invalid': 'invalid',
  'evidence-protected': 'conflict',
  'evidence-cancelled': 'unavailable',
  'evidence-write-failed': 'unavailable',
  'evidence-undecodable': 'corrupt',
  'evidence-unmuxable': 'corrupt',
  'picture-unreadable': 'invalid',
  'pictures-busy': 'exhausted',
  'moment-not-held': 'not-found',
  'stream-unknown': 'unavailable',
  'too-many-requests': 'exhausted',
  'too-many-bytes': 'exhausted',
  'disk-full': 'exhausted',
  'evidence-unreadable': 'unavailable',
  'evidence-folder-unusable': 'unavailable',
  'evidence-store-closed': 'unavailable',
});

const fullDiskCodes: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT']);

/** Whether `error`, or what caused it, says that the disk has no room left. */
export const isDiskFull = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false;
  if (isAppError(error) && error.code === 'disk-full') return true;
  return fullDiskCodes.has((error as NodeJS.ErrnoException).code) || isDiskFull(error.cause);
};

export const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';

/** Longest reason that an alert event carries. */
const maxReasonLength = 200;

/** `code: message`, short enough for an alert event. */
export const toReason = (thrown: unknown): string => {
  const error = toAppError(thrown);
  return `${error.code}: ${error.message}`.slice(0, maxReasonLength);
};
