import { readFile } from 'node:fs/promises';
import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { expect, test } from 'vitest';
import { Alert } from '../../core/schema/alert.ts';
import { Explanation } from '../../core/schema/explanation.ts';
import { Incident } from '../../core/schema/incident.ts';
import { testApi } from '../../test/fixtures/api/test-api.ts';
import { ErrorBody } from '../schema/error-body.ts';
import { exampleAlert } from '../schema/example-alert.ts';
import { exampleExplanation } from '../schema/example-explanation.ts';
import { exampleIncident } from '../schema/incident-view.ts';
import { describeApi } from './describe-api.ts';

interface Operation {
  tags: string[];
  summary?: string;
  operationId?: string;
  responses: Record<string, { description: string; content?: Record<string, { schema: { $ref?: string } }> }>;
}

const text = await describeApi();
const document = JSON.parse(text) as {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, unknown>; responses: Record<string, unknown> };
};
const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods));

test('the checked-in description is that of the routes; `npm run openapi` writes it anew', async () => {
  const checkedIn = await readFile(new URL('openapi.json', import.meta.url), 'utf8');

  expect(checkedIn).toBe(text);
});

test('the API answers its own description', async () => {
  const answer = await testApi().app.inject('/openapi.json');

  expect(answer.json()).toEqual(document);
});

test('every operation has a name of its own, a summary, and says how it fails', () => {
  expect(document.openapi).toBe('3.1.0');
  expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
  for (const { summary, responses, tags, operationId } of operations) {
    expect(summary).toBeTruthy();
    // Whoever holds an answer link, or signs out, is not asked to sign in.
    const signIn = tags.includes('answers') ? ['429'] : ['401', '429'];
    for (const status of ['400', ...(operationId === 'signOut' ? [] : signIn), '403', '503']) {
      expect(responses[status]?.content?.['application/json']?.schema.$ref).toBe(
        '#/components/schemas/Error',
      );
    }
    for (const { description } of Object.values(responses)) expect(description).not.toBe('Default Response');
  }
});

test('what may be answered anywhere is described once, and every reference leads to it', () => {
  const shared = Object.keys(document.components.responses);
  const references = [...text.matchAll(/"\$ref": "#\/components\/responses\/([^"]+)"/g)].map(
    ([, status]) => status,
  );

  expect(shared).toEqual(['408', '413', '414', '415', '417', '431', '500']);
  expect([...new Set(references)].sort()).toEqual(['413', '414', '415']);
});

test('schemas have real names and every reference leads to one', () => {
  const names = Object.keys(document.components.schemas);
  const references = [...text.matchAll(/"\$ref": "#\/components\/schemas\/([^"]+)"/g)].map(
    ([, name]) => name,
  );

  expect(names).toContain('Alert');
  expect(names.filter((name) => name.startsWith('def-'))).toEqual([]);
  expect(references.filter((name) => !names.includes(name ?? ''))).toEqual([]);
});

test('the examples are what the schemas say', () => {
  const { examples = [] } = ErrorBody as TSchema & { examples?: unknown[] };

  expect(Compile(Alert).Check(exampleAlert)).toBe(true);
  expect(Compile(Incident).Check(exampleIncident)).toBe(true);
  expect(Compile(Explanation).Check(exampleExplanation)).toBe(true);
  expect(examples.every((example) => Compile(ErrorBody).Check(example))).toBe(true);
});

test('no list of schemas is written in the old way', () => {
  const isExample = (key: string): boolean => key === 'example' || key === 'examples';
  const described = JSON.stringify(document, (key, value: unknown) => (isExample(key) ? undefined : value));

  expect(described).not.toMatch(/"items":\[/);
  expect(text).toContain('"prefixItems"');
});
