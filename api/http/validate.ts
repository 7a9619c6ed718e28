import type { FastifySchemaCompiler } from 'fastify';
import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { apiError } from '../errors.ts';

type Values = Record<string, unknown>;

interface SchemaError {
  keyword: string;
  instancePath: string;
  params: Record<string, unknown>;
  message: string;
}

/** What to call the part of a request that is wrong. */
const partNames: ReadonlyMap<string, string> = new Map([
  ['querystring', 'query'],
  ['params', 'path'],
  ['body', 'body'],
  ['headers', 'header'],
]);

/**
 * Checks a part of a request against its TypeBox schema. Query and path values are texts, so numbers, booleans and
 * lists are read from them first. What does not fit is answered with the key, its value and what would do.
 */
export const compileValidator: FastifySchemaCompiler<TSchema> = ({ schema, httpPart = 'body' }) => {
  const validator = Compile(schema);
  const isText = httpPart === 'querystring' || httpPart === 'params';
  const part = partNames.get(httpPart) ?? httpPart;
  return (given: unknown) => {
    try {
      const value = isText ? readTexts(schema, given as Values) : given;
      if (validator.Check(value)) return { value };
      const errors = validator.Errors(value) as readonly SchemaError[];
      const messages = [...new Set(errors.map((error) => explain(error, value, schema)))];
      return { error: apiError('request-invalid', `${part}: ${messages.filter(Boolean).join('; ')}`) };
    } catch (error) {
      // Thousands of brackets in each other: the stack ends before they do.
      if (!(error instanceof RangeError)) throw error;
      return { error: apiError('request-invalid', `${part}: nested too deeply; send what the schema says`) };
    }
  };
};

const propertiesOf = (schema: TSchema): Map<string, { type?: string; items?: unknown }> =>
  new Map(Object.entries((schema as { properties?: object }).properties ?? {}));

/** Never by indexing: a key may be called `__proto__`. */
const readTexts = (schema: TSchema, given: Values): Values => {
  const properties = propertiesOf(schema);
  const read = new Map<string, unknown>();
  for (const [key, value] of Object.entries(given)) {
    read.set(key, readText(properties.get(key)?.type, value));
  }
  return Object.fromEntries(read);
};

const readText = (type: string | undefined, value: unknown): unknown => {
  if (type === 'array') return Array.isArray(value) ? value : [value];
  if (typeof value !== 'string') return value;
  if (type === 'integer' && /^-?\d{1,16}$/.test(value)) return Number(value);
  if (type === 'boolean' && (value === 'true' || value === 'false')) return value === 'true';
  return value;
};

const explain = (error: SchemaError, value: unknown, schema: TSchema): string => {
  const [, key] = error.instancePath.split('/');
  const name = key ?? 'all of it';
  const found = show(key === undefined ? value : valueAt(value, key));
  switch (error.keyword) {
    case 'boolean':
      return '';
    case 'additionalProperties': {
      const known = [...propertiesOf(schema).keys()].join(', ') || 'none';
      return `unknown key ${asTexts(error.params['additionalProperties']).map(show).join(', ')}; the keys are ${known}`;
    }
    case 'required':
      return `${asTexts(error.params['requiredProperties']).join(', ')} is missing`;
    case 'enum':
      return `${name} is ${found}; give one of ${asTexts(error.params['allowedValues']).join(', ')}`;
    default:
      return `${name} is ${found}; it ${error.message}`;
  }
};

/** A body may be anything, null as well. */
const valueAt = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Values)[key]
    : undefined;

const asTexts = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);

const show = (value: unknown): string => {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
};
