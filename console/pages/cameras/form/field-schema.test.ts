import { describe, expect, it } from 'vitest';
import { Camera } from '../../../../core/schema/camera.ts';
import { scenarioSchemas } from '../../../../core/schema/scenario.ts';
import { type FieldSchema, firstValue, kindOf, namesIn } from './field-schema.ts';
import { fieldWord } from './field-words.ts';
import { valueWord } from './value-words.ts';

const schemas = Object.entries({ camera: Camera, ...scenarioSchemas }) as unknown as [string, FieldSchema][];

describe('forms from schemas', () => {
  it.each(schemas)('have a label for every field and value of %s', (_name, schema) => {
    const { keys, values } = namesIn(schema);
    expect(keys.filter((key) => !Object.hasOwn(fieldWord.words.zh, key))).toEqual([]);
    expect(values.filter((value) => !Object.hasOwn(valueWord.words.zh, value))).toEqual([]);
    expect(keys.length).toBeGreaterThan(4);
  });

  it('know how each kind of field is asked for', () => {
    const { properties } = scenarioSchemas.lineCrossing as unknown as FieldSchema;
    const kinds = Object.entries(properties ?? {}).map(([key, schema]) => [key, kindOf(schema)]);
    expect(Object.fromEntries(kinds)).toMatchObject({
      kind: 'fixed',
      severity: 'choice',
      coolDown: 'duration',
      name: 'text',
      cameras: 'ids',
      labels: 'choices',
      schedule: 'list',
      actions: 'list',
      limit: 'object',
    });
  });

  it('begin with what a schema needs', () => {
    expect(firstValue(scenarioSchemas.crowd as unknown as FieldSchema)).toEqual({
      id: '',
      name: '',
      severity: 'urgent',
      zone: '',
      kind: 'crowd',
      count: 2,
      dwell: '5s',
      purpose: 'crushRisk',
    });
  });
});
