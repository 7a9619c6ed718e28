import type { ErrorKind } from '../../core/errors.ts';

/** Why a request came to nothing. `unreachable` and `deadline` are the browser's own; other codes are the API's. */
export class AskFailure extends Error {
  override readonly name = 'AskFailure';
  readonly code: string;
  readonly kind: ErrorKind;
  readonly requestId: string | undefined;

  constructor(
    code: string,
    kind: ErrorKind,
    message: string,
    { requestId, cause }: { requestId?: string; cause?: unknown } = {},
  ) {
    super(message, { cause });
    this.code = code;
    this.kind = kind;
    this.requestId = requestId;
  }
}

/** Whatever was thrown, as a failure that a screen can say. */
export const toAskFailure = (thrown: unknown): AskFailure =>
  thrown instanceof AskFailure ? thrown : new AskFailure('internal', 'internal', String(thrown));

/** One of the browser's own making. */
export const ownFailure = (code: string, kind: ErrorKind, message: string, cause?: unknown): AskFailure =>
  new AskFailure(code, kind, message, { cause });
