import { type AppError, isAppError } from '../../core/errors.ts';
import { withoutSecrets } from '../../core/log.ts';
import { historyError } from './errors.ts';

type HistoryCode = (typeof historyError.codes)[number];

/** ClickHouse's error types, from its ErrorCodes.cpp, that mean something other than "we sent a wrong statement". */
const codesByType: ReadonlyMap<string, HistoryCode> = new Map([
  ['TIMEOUT_EXCEEDED', 'history-timeout'],
  ['SOCKET_TIMEOUT', 'history-timeout'],
  ['MEMORY_LIMIT_EXCEEDED', 'history-unavailable'],
  ['CANNOT_ALLOCATE_MEMORY', 'history-unavailable'],
  ['TOO_MANY_SIMULTANEOUS_QUERIES', 'history-unavailable'],
  ['TOO_MANY_PARTS', 'history-unavailable'],
  ['TABLE_IS_READ_ONLY', 'history-unavailable'],
  ['READONLY', 'history-unauthorised'],
  ['AUTHENTICATION_FAILED', 'history-unauthorised'],
  ['REQUIRED_PASSWORD', 'history-unauthorised'],
  ['WRONG_PASSWORD', 'history-unauthorised'],
  ['UNKNOWN_USER', 'history-unauthorised'],
  ['ACCESS_DENIED', 'history-unauthorised'],
  ['NOT_ENOUGH_SPACE', 'history-full'],
  ['CANNOT_WRITE_TO_FILE_DESCRIPTOR', 'history-full'],
  ['CHECKSUM_DOESNT_MATCH', 'history-corrupt'],
  ['CORRUPTED_DATA', 'history-corrupt'],
  ['CANNOT_READ_ALL_DATA', 'history-corrupt'],
  ['CANNOT_DECOMPRESS', 'history-corrupt'],
  ['SIZES_OF_MARKS_FILES_ARE_INCONSISTENT', 'history-corrupt'],
  ['NO_FILE_IN_DATA_PART', 'history-corrupt'],
  ['UNEXPECTED_FILE_IN_DATA_PART', 'history-corrupt'],
]);

const isNetworkCode = (code: string): boolean => /^(E[A-Z]+|UND_ERR_.*)$/.test(code);

const codeOf = (error: Error & { code?: unknown; type?: unknown }): HistoryCode => {
  const known = typeof error.type === 'string' ? codesByType.get(error.type) : undefined;
  if (known) return known;
  if (typeof error.type === 'string') return 'history-refused';
  if (error.name === 'AbortError' || error.code === 'CHDB_ABORT') return 'history-timeout';
  if (error.message === 'Timeout error.') return 'history-timeout'; // @clickhouse/client's request timeout
  if (/is closed|session closed/i.test(error.message)) return 'history-closed';
  if (typeof error.code === 'string' && isNetworkCode(error.code)) return 'history-unavailable';
  if (/socket hang up|fetch failed/i.test(error.message)) return 'history-unavailable';
  // A server, or a proxy before it, that answers without ClickHouse's own error text.
  return /^(bad gateway|service unavailable|<html)/i.test(error.message)
    ? 'history-unavailable'
    : 'history-refused';
};

/** Translates what ClickHouse, its client or the embedded engine threw. `what` says what was being done. */
export const toHistoryError = (thrown: unknown, what: string): AppError => {
  if (isAppError(thrown)) return thrown;
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  const firstLine = withoutSecrets(error.message.split('\n')[0] ?? '').slice(0, 300);
  return historyError(codeOf(error), `${what}: ${firstLine}`, { cause: thrown });
};
