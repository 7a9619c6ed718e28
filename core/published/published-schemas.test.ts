import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { breakingChanges } from './compare-schemas.ts';
import { publishedSchemas, toPublished } from './published-schemas.ts';

const folder = new URL('../../docs/integration/schemas/', import.meta.url);
const committed = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8'));
const names = [...publishedSchemas.keys()];

test('every published message has its file, and no file is left over', () => {
  expect(readdirSync(folder).sort()).toEqual(names.map((name) => `${name}.json`).sort());
});

test.each([...publishedSchemas])('%s has changed by additions alone', (name, schema) => {
  expect(breakingChanges(committed(name), toPublished(name, schema))).toEqual([]);
});

test.each([...publishedSchemas])(
  'the file of %s is current; `npm run schemas` writes it anew',
  (name, schema) => {
    expect(committed(name)).toEqual(JSON.parse(JSON.stringify(toPublished(name, schema))));
  },
);

const text = { type: 'string' };
const base = { type: 'object', required: ['a'], properties: { a: text, b: text } };

test.each([
  ['a field that is gone', { ...base, properties: { a: text } }, ['/b is gone']],
  ['a field that became required', { ...base, required: ['a', 'b'] }, ['/b became required']],
  ['a field that became optional', { ...base, required: [] }, ['/a became optional']],
  [
    'a field of another type',
    { ...base, properties: { ...base.properties, b: { type: 'integer' } } },
    ['/b: type string became integer'],
  ],
  ['a new optional field', { ...base, properties: { ...base.properties, c: text } }, []],
])('tells %s', (_what, after, expected) => {
  expect(breakingChanges(base, after)).toEqual(expected);
});

test('tells a member of a union that is gone, and lets new ones come', () => {
  const member = (name: string) => ({ type: 'object', properties: { type: { const: name } } });

  expect(breakingChanges({ anyOf: [member('raised')] }, { anyOf: [member('ended')] })).toEqual([
    '<raised> is gone',
  ]);
  expect(
    breakingChanges({ anyOf: [member('raised')] }, { anyOf: [member('new'), member('raised')] }),
  ).toEqual([]);
});
