import { type AppError, defineErrors } from '../core/errors.ts';
import type { CameraCause } from '../core/schema/health.ts';

/** One code for each cause of a camera without picture, and those of the stage itself. */
export const ingestError = defineErrors({
  'stream-unreachable': 'unavailable',
  'stream-refused': 'unavailable',
  'stream-unauthorised': 'forbidden',
  'stream-not-found': 'not-found',
  'stream-no-video': 'invalid',
  'stream-unsupported-codec': 'invalid',
  'stream-stalled': 'timeout',
  'stream-undecodable': 'corrupt',
  'stream-address-forbidden': 'forbidden',
  'stream-closed-by-camera': 'unavailable',
  'stream-over-budget': 'exhausted',
  'stream-unusual': 'invalid',
  'stream-no-capacity': 'exhausted',
  'network-invalid': 'invalid',
  'credentials-invalid': 'invalid',
  'camera-thread-lost': 'internal',
  'clip-unreadable': 'invalid',
});

export type IngestError = ReturnType<typeof ingestError>;

/** The error of a stream that cannot go on. The message says what to do. */
export const streamError = (
  cause: CameraCause,
  message: string,
  options?: { cause?: unknown; detail?: string },
): IngestError => ingestError(`stream-${cause}`, message, options);

const prefix = 'stream-';

/** The cause that the operator sees; a fault of our own shows as `undecodable`. */
export const causeOf = (error: AppError): CameraCause => {
  if (error.code === 'credentials-invalid') return 'unauthorised';
  // FFmpeg reads those; one that is shown nevertheless was odd to both.
  if (error.code === 'stream-unusual') return 'undecodable';
  return error.code.startsWith(prefix) ? (error.code.slice(prefix.length) as CameraCause) : 'undecodable';
};
