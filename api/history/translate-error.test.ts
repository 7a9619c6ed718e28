import { expect, test } from 'vitest';
import { toHistoryError } from './translate-error.ts';

const clickhouse = (type: string) => Object.assign(new Error(`${type}: something`), { code: '1', type });

test.each([
  [clickhouse('TIMEOUT_EXCEEDED'), 'history-timeout', 'timeout'],
  [clickhouse('NOT_ENOUGH_SPACE'), 'history-full', 'exhausted'],
  [clickhouse('CHECKSUM_DOESNT_MATCH'), 'history-corrupt', 'corrupt'],
  [clickhouse('AUTHENTICATION_FAILED'), 'history-unauthorised', 'unavailable'],
  [clickhouse('UNKNOWN_IDENTIFIER'), 'history-refused', 'internal'],
  [Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }), 'history-unavailable', 'unavailable'],
  [new Error('socket hang up'), 'history-unavailable', 'unavailable'],
  [new Error('Timeout error.'), 'history-timeout', 'timeout'],
  [new Error('ChdbConnection is closed'), 'history-closed', 'unavailable'],
  ['text', 'history-refused', 'internal'],
])('%s becomes %s', (thrown, code, kind) => {
  const error = toHistoryError(thrown, 'listing alerts');

  expect(error).toMatchObject({ code, kind, cause: thrown });
  expect(error.message).toContain('listing alerts: ');
});
