import type { FastifyReply, FastifyRequest } from 'fastify';
import { type AppError, isAppError, toAppError, toHttpStatus } from '../../core/errors.ts';
import { withoutSecrets } from '../../core/log.ts';
import { apiError } from '../errors.ts';
import type { ErrorBody } from '../schema/error-body.ts';

/** Codes whose HTTP status says more than their kind's. */
const statusByCode: ReadonlyMap<string, number> = new Map([
  ['range-unsatisfiable', 416],
  ['evidence-deleted', 410],
  ['answer-over', 410],
  ['setting-stale', 412],
  ['bus-conflict', 412],
  ['revision-missing', 428],
  // As when it is away: the asker comes back, and nobody further on was asked.
  ['history-timeout', 503],
]);

const statusOf = (error: AppError): number => statusByCode.get(error.code) ?? toHttpStatus(error.kind);

/** Fastify's own refusals (a body too large, a broken URL) are the asker's fault; its other errors are ours. */
const fromFastify = (thrown: unknown): { error: AppError; status: number } => {
  const { code, statusCode, message } = thrown as { code?: unknown; statusCode?: unknown; message?: unknown };
  if (
    typeof code === 'string' &&
    code.startsWith('FST_') &&
    typeof statusCode === 'number' &&
    statusCode < 500
  ) {
    const error = apiError('request-invalid', String(message).toLowerCase(), { cause: thrown });
    return { error, status: statusCode };
  }
  const error = toAppError(thrown);
  return { error, status: statusOf(error) };
};

/** A page of ours asks by itself for name and secret: the browser's own dialog would come before it. */
const isOfPage = ({ headers }: FastifyRequest): boolean =>
  headers['x-requested-with'] === 'console' || headers.cookie !== undefined;

/** Answers an error as `{code, message, kind, requestId}`. What is internal is logged, and not told. */
export const answerError = (thrown: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
  const { error, status } = isAppError(thrown)
    ? { error: thrown, status: statusOf(thrown) }
    : fromFastify(thrown);
  if (status >= 500) {
    request.log.warn(
      { service: 'api', requestId: request.id, route: routeOf(request), err: error },
      'request failed',
    );
  }
  if (error.kind === 'unauthenticated' && !isOfPage(request))
    reply.header('WWW-Authenticate', 'Basic realm="xueliang", charset="UTF-8"');
  const retryAfter = error.facts['retryAfterSeconds'] ?? (status === 503 ? 2 : undefined);
  if (retryAfter !== undefined) reply.header('Retry-After', String(retryAfter));
  const isOurs = error.kind === 'internal' || error.kind === 'corrupt';
  const body: ErrorBody = {
    code: error.code,
    message: isOurs
      ? 'something went wrong here; the log has it under this request id'
      : withoutSecrets(error.message),
    kind: error.kind,
    requestId: request.id,
  };
  return reply
    .code(status)
    .removeHeader('etag')
    .removeHeader('content-disposition')
    .header('Cache-Control', 'no-store')
    .type('application/json; charset=utf-8')
    .serializer(JSON.stringify)
    .send(body);
};

/** The route's pattern, never the path itself: bounded, and without what somebody typed. */
export const routeOf = (request: FastifyRequest): string => request.routeOptions.url ?? 'unknown';
