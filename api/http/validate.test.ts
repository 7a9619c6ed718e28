import { Type } from 'typebox';
import { expect, test } from 'vitest';
import { closed } from '../../core/schema/closed.ts';
import { compileValidator } from './validate.ts';

const schema = closed({
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
  kind: Type.Optional(Type.Array(Type.Enum(['crowd', 'intrusion']), { maxItems: 2 })),
  isOpen: Type.Optional(Type.Boolean()),
  name: Type.Optional(Type.String({ pattern: '^[a-z]+$' })),
});
const validate = compileValidator({ schema, method: 'GET', url: '/', httpPart: 'querystring' });
const check = (value: unknown) => validate(value) as { value?: unknown; error?: Error };

test('texts are read as what the schema wants', () => {
  expect(check({ limit: '12', kind: 'crowd', isOpen: 'true' }).value).toEqual({
    limit: 12,
    kind: ['crowd'],
    isOpen: true,
  });
});

test.each([
  [{ limit: '900' }, 'query: limit is 900; it must be <= 500'],
  [{ limit: '' }, 'query: limit is ""; it must be integer'],
  [{ limit: '1.5' }, 'query: limit is "1.5"; it must be integer'],
  [{ limit: '0x10' }, 'query: limit is "0x10"; it must be integer'],
  [{ limit: ['1', '2'] }, 'query: limit is ["1","2"]; it must be integer'],
  [{ kind: 'party' }, 'query: kind is ["party"]; give one of crowd, intrusion'],
  [{ name: 'A' }, 'query: name is "A"; it must match pattern "^[a-z]+$"'],
  [{ limt: '1' }, 'query: unknown key "limt"; the keys are limit, kind, isOpen, name'],
])('%j is answered with what is wrong', (value, message) => {
  expect(check(value).error?.message).toBe(message);
});

test('regression: __proto__ and constructor are unknown keys, not prototypes (Shinobi CVE-2021-27228)', () => {
  const given = JSON.parse('{"__proto__":{"limit":1},"constructor":"x"}') as unknown;

  expect(check(given).error?.message).toContain('unknown key');
  expect(({} as { limit?: number }).limit).toBeUndefined();
});
