import { expect, test } from 'vitest';
import { whatIfError } from '../../core/what-if/errors.ts';
import { testApi, township } from '../../test/fixtures/api/test-api.ts';

const url = '/api/v1/whatif';
const question = { scenarioId: 'gate-night', set: { dwell: '90s', 'limit.count': 3 }, from: 1, to: 2 };

test('passes a question on with the ground of who asks', async () => {
  const { app, whatIf } = testApi();

  const answer = await app.inject({ method: 'POST', url, payload: question });

  expect([answer.statusCode, answer.json()]).toMatchObject([200, { from: 1, to: 2, gained: [] }]);
  expect(whatIf.questions).toEqual([{ request: question, ground: township }]);
});

test.each([
  ['a setting of no possible name', { ...question, set: { __proto__x: 1 } }],
  ['a span without an end', { from: 1 }],
  ['a key that there is not', { ...question, dwell: '90s' }],
])('refuses %s', async (_, payload) => {
  const answer = await testApi().app.inject({ method: 'POST', url, payload });

  expect([answer.statusCode, answer.json().code]).toEqual([400, 'request-invalid']);
});

test.each([
  ['whatif-busy', 429],
  ['whatif-late', 504],
  ['whatif-unsupported', 400],
] as const)('answers %s as %i', async (code, status) => {
  const { app, whatIf } = testApi();
  whatIf.failure = whatIfError(code, 'no');

  const answer = await app.inject({ method: 'POST', url, payload: question });

  expect([answer.statusCode, answer.json().code]).toEqual([status, code]);
});
