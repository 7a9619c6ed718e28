import { expect, test } from 'vitest';
import { apiError } from '../../api/errors.ts';
import { historyError } from '../../api/history/errors.ts';
import { auditError } from '../../core/audit/errors.ts';
import { busError } from '../../core/bus/errors.ts';
import { errorKinds } from '../../core/errors.ts';
import { explanationError } from '../../core/explanation/errors.ts';
import { doorError } from '../../core/live/errors.ts';
import { whatIfError } from '../../core/what-if/errors.ts';
import { liveError } from '../../ingest/live/errors.ts';
import { AskFailure, ownFailure } from '../http/ask-failure.ts';
import { failureTerm } from './failure-terms.ts';
import { failureDetail, failureWords } from './failure-words.ts';
import { language } from './language.ts';

const refused = new AskFailure('setting-unsound', 'invalid', "scenario 'ring': camera 'gate' is none");
const unheardOf = (kind: (typeof errorKinds)[number]) => new AskFailure('unheard-of', kind, 'odd');
/** At the start of a program, when nobody asks yet. */
const atStart = /^(bus-server-|history-(too-new|settings-invalid|closed))/;

test('every code that an answer of the API can carry has words', () => {
  const all = [
    apiError,
    historyError,
    auditError,
    busError,
    explanationError,
    doorError,
    whatIfError,
    liveError,
  ];
  const codes = all.flatMap(({ codes }) => codes).filter((code) => !atStart.test(code));

  expect(codes.filter((code) => !Object.hasOwn(failureTerm.words.zh, code))).toEqual([]);
});

test('a page in Chinese says it in Chinese, and keeps what the server said as a detail', () => {
  language.value = 'zh';

  expect(failureWords(refused)).toMatch(/^\p{Script=Han}.*请检查/u);
  expect(failureWords(refused)).not.toContain('gate');
  expect(failureDetail(refused)).toBe("scenario 'ring': camera 'gate' is none (setting-unsound)");
});

test.each(errorKinds)('an unknown code is said by its kind, %s', (kind) => {
  language.value = 'zh';

  expect(failureWords(unheardOf(kind))).toMatch(/^[^A-Za-z]+$/);
  expect(failureDetail(unheardOf(kind))).toBe('odd (unheard-of)');
});

test('of what the browser found itself there is no detail', () => {
  expect(failureDetail(ownFailure('unreachable', 'unavailable', '/api: TypeError'))).toBeUndefined();
});
