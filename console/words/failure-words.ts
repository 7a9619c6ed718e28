import type { ErrorKind } from '../../core/errors.ts';
import { toAskFailure } from '../http/ask-failure.ts';
import { word } from './words.ts';

/** What an operator has to know more closely than by kind. */
const byCode = {
  unreachable: 'failureUnreachable',
  deadline: 'failureDeadline',
  'alert-moved': 'failureMoved',
  'step-illegal': 'failureIllegal',
  'alert-unknown': 'failureAlertUnknown',
  'camera-unknown': 'failureCameraUnknown',
  'ground-forbidden': 'failureGround',
  'history-unavailable': 'failureHistory',
  'bus-unavailable': 'failureBus',
  'evidence-pending': 'failurePending',
  'evidence-missing': 'failureMedia',
  'evidence-deleted': 'failureDeleted',
  'camera-dark': 'failureDark',
  'alert-busy': 'failureConflict',
  'sign-in-locked': 'failureLocked',
  'streams-exhausted': 'failureFull',
  'loudspeaker-unheard': 'failureUnheard',
  'roles-apart': 'failureRolesApart',
  'own-account': 'failureOwnAccount',
  'last-administrator': 'failureLastAdministrator',
  'layouts-full': 'failureLayoutsFull',
  'export-moved': 'failureExportMoved',
  'export-own': 'failureExportOwn',
  'export-unknown': 'failureExportUnknown',
  'export-impersonal': 'failureExportImpersonal',
  'exports-full': 'failureExportsFull',
} as const;

const byKind = {
  invalid: 'failureInvalid',
  unauthenticated: 'failureSignIn',
  forbidden: 'failureForbidden',
  'not-found': 'failureNotFound',
  conflict: 'failureConflict',
  unavailable: 'failureUnavailable',
  timeout: 'failureDeadline',
  exhausted: 'failureFull',
  corrupt: 'failureInternal',
  internal: 'failureInternal',
} as const satisfies Record<ErrorKind, string>;

const isKnown = (code: string): code is keyof typeof byCode => Object.hasOwn(byCode, code);

/** What was thrown, in words of who sits before the screen. */
export const failureWords = (thrown: unknown): string => {
  const { code, kind, message } = toAskFailure(thrown);
  if (isKnown(code)) return word(byCode[code]);
  return word(byKind[kind] ?? 'failureInternal', { message });
};
