import { type DestinationStream, type Logger as PinoLogger, pino } from 'pino';

export type Logger = PinoLogger;

export interface LogOptions {
  level: string;
  destination?: DestinationStream;
}

/** User name and password inside a URL, wherever in a text it stands; a password may hold `/` and `@` itself. */
const urlCredentials = /\b([a-z][a-z0-9+.-]*:\/\/)[^\s"'<>]*@/gi;
/** Query parameters that carry a secret. */
const urlToken = /([?&](?:token|password|passwd|pwd|secret|auth|key|sign|signature)=)[^&\s"']+/gi;

/** Takes credentials and tokens out of a text before it is shown, logged or answered. */
export const withoutSecrets = (text: string): string =>
  text.replace(urlCredentials, '$1').replace(urlToken, '$1***');

const scrub = (value: unknown, depth: number): unknown => {
  if (typeof value === 'string') return withoutSecrets(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth > 5) return '…';
  if (value instanceof Error) return scrubError(value, depth);
  if (Array.isArray(value)) return value.map((item) => scrub(item, depth + 1));
  const entries = Object.entries(value).map(([key, item]) => [
    key,
    /password|secret|token|credential|authorization|cookie/i.test(key) ? '***' : scrub(item, depth + 1),
  ]);
  return Object.fromEntries(entries);
};

const scrubError = (error: Error, depth: number): unknown => {
  const known = error as Error & { code?: unknown; kind?: unknown; facts?: unknown };
  return {
    type: error.name,
    message: withoutSecrets(error.message),
    ...(known.code === undefined ? {} : { code: known.code }),
    ...(known.kind === undefined ? {} : { kind: known.kind }),
    ...(known.facts === undefined ? {} : { facts: scrub(known.facts, depth + 1) }),
    ...(known.kind === undefined || known.kind === 'internal'
      ? { stack: withoutSecrets(error.stack ?? '') }
      : {}),
    ...(error.cause === undefined ? {} : { cause: scrub(error.cause, depth + 1) }),
  };
};

/**
 * Opens the program's log: one JSON object a line on standard error. Every value passes the secret filter, so a
 * camera's credentials cannot reach it whatever somebody logs.
 */
export const createLogger = ({
  level,
  destination = pino.destination({ dest: 2, sync: true }),
}: LogOptions): Logger =>
  pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: {
        level: (label) => ({ level: label }),
        log: (facts) => scrub(facts, 0) as Record<string, unknown>,
      },
      redact: { paths: ['password', 'credentials', 'secret', 'token'], censor: '***' }, // in a child's bindings
      hooks: { streamWrite: withoutSecrets }, // whatever way a URL came into the line
    },
    destination,
  );
