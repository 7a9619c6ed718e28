/**
 * What kind of failure this is. The kind alone decides retry, HTTP status, what the bus is told and the log
 * level; nobody tests a class or a message text.
 */
export const errorKinds = [
  'invalid',
  'unauthenticated',
  'forbidden',
  'not-found',
  'conflict',
  'unavailable',
  'timeout',
  'exhausted',
  'corrupt',
  'internal',
] as const;

export type ErrorKind = (typeof errorKinds)[number];

export type ErrorFacts = Readonly<Record<string, unknown>>;

/** The one error class. `code` names what happened, `facts` carry what a program wants to know about it. */
export class AppError<Code extends string = string> extends Error {
  override readonly name = 'AppError';
  readonly code: Code;
  readonly kind: ErrorKind;
  readonly facts: ErrorFacts;

  constructor(code: Code, kind: ErrorKind, message: string, options: ErrorFacts & { cause?: unknown } = {}) {
    const { cause, ...facts } = options;
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.kind = kind;
    this.facts = facts;
  }
}

/** Makes the error constructor of one folder from its closed list of codes, each with its kind. */
export function defineErrors<const Codes extends Readonly<Record<string, ErrorKind>>>(codes: Codes) {
  type Code = keyof Codes & string;
  const kinds = new Map<string, ErrorKind>(Object.entries(codes));
  return Object.assign(
    (code: Code, message: string, options?: ErrorFacts & { cause?: unknown }): AppError<Code> =>
      new AppError(code, kinds.get(code) ?? 'internal', message, options),
    { codes: [...kinds.keys()] as Code[] },
  );
}

export const isAppError = (value: unknown): value is AppError => value instanceof AppError;

const httpStatuses: ReadonlyMap<ErrorKind, number> = new Map([
  ['invalid', 400],
  ['unauthenticated', 401],
  ['forbidden', 403],
  ['not-found', 404],
  ['conflict', 409],
  ['exhausted', 429],
  ['unavailable', 503],
  ['timeout', 504],
]);

export const toHttpStatus = (kind: ErrorKind): number => httpStatuses.get(kind) ?? 500;

/** Turns whatever was thrown into an AppError; a foreign error becomes `internal` with its cause kept. */
export const toAppError = (thrown: unknown): AppError =>
  isAppError(thrown)
    ? thrown
    : new AppError('internal', 'internal', thrown instanceof Error ? thrown.message : String(thrown), {
        cause: thrown,
      });
