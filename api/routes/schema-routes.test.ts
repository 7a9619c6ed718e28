import { expect, test } from 'vitest';
import { testApi } from '../../test/fixtures/api/test-api.ts';

test('answers the schema of a published message', async () => {
  const answer = await testApi().app.inject('/api/v1/schemas/alert-event.v1');

  expect(answer.json()).toMatchObject({ $id: '/api/v1/schemas/alert-event.v1', anyOf: expect.any(Array) });
});

test('names the schemas there are when asked for another', async () => {
  const answer = await testApi().app.inject('/api/v1/schemas/alert-event.v9');

  expect([answer.statusCode, answer.json().code]).toEqual([404, 'schema-unknown']);
  expect(answer.json().message).toContain('alert-event.v1');
});
