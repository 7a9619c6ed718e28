import { beforeEach, describe, expect, it } from 'vitest';
import { Camera } from '../../../../core/schema/camera.ts';
import { scenarioSchemas } from '../../../../core/schema/scenario.ts';
import { language } from '../../../words/language.ts';
import { type FieldSchema, itemOf, kindOf } from '../form/field-schema.ts';
import { differenceSayer } from './say-difference.ts';

beforeEach(() => {
  language.value = 'en';
});

const { value, became, changes } = differenceSayer((key) =>
  key === 'cameras' ? [{ value: 'gate-1', label: '村口（gate-1）' }] : undefined,
);

const zone = (x: number, points = 4, facts: object = {}) => ({
  ...{ id: 'corner', name: '角落', ...facts },
  polygon: Array.from({ length: points }, (_, index) => [x, index / 10]),
});
const hours = { days: ['mon', 'tue'], from: '08:00', to: '18:00' };
const talk = { do: 'talkDown', loudspeakers: ['pole-1', 'pole-2'], recording: 'leave', perHour: 3 };

describe('what a value became', () => {
  it.each([
    ['name', 'road', 'market', 'road → market'],
    ['category', 'road', 'market', 'Road → Market'],
    ['dwell', '5s', '1m', '5 seconds → 1 minute'],
    ['coolDown', '1h', undefined, '1 hour → Not set'],
    ['name', '5s', '6s', '5s → 6s'],
    ['count', 3, 2.5, '3 → 2.5'],
    ['signPosted', false, true, 'No → Yes'],
    ['severity', 'urgent', 'low', 'Urgent → Low'],
    ['kind', 'crowd', 'intrusion', 'Crowd → Intrusion'],
    ['place', '431103', '431104', 'county 431103 → county 431104'],
    ['location', undefined, { longitude: 111.5, latitude: 26 }, 'Not set → Longitude: 111.5; Latitude: 26'],
    ['limit', { count: 2, within: '1h' }, undefined, 'Count: 2; Within: 1 hour → Not set'],
    ['labels', undefined, ['person', 'car'], 'Not set → Person, Car'],
    ['only', [], undefined, 'Not set → Not set'],
  ])('%s: %j → %j', (key, before, after, said) => {
    expect(changes(key, before, after)).toEqual([said]);
  });

  it.each<[string, string, unknown, unknown, string[]]>([
    ['comes', 'zones', undefined, [zone(0.1)], ['added 角落 (4 points)']],
    ['goes', 'zones', [zone(0.1)], undefined, ['removed 角落 (4 points)']],
    ['is moved', 'zones', [zone(0.1)], [zone(0.2)], ['角落 (4 points) · moved']],
    ['has another outline', 'zones', [zone(0.1)], [zone(0.1, 5)], ['角落 · 4 points → 5 points']],
    ['is renamed', 'masks', [zone(0.1)], [zone(0.1, 4, { name: '旗' })], ['角落 · Name: 角落 → 旗']],
    [
      'comes while others change and go',
      'zones',
      [zone(0.1), zone(0.3, 3, { id: 'lawn', name: undefined })],
      [zone(0.2), zone(0.3, 3, { id: 'gate', name: '门' })],
      ['角落 (4 points) · moved', 'added 门 (3 points)', 'removed lawn (3 points)'],
    ],
    ['comes', 'cameras', ['far-3'], ['far-3', 'gate-1'], ['added 村口（gate-1）']],
    ['goes, another comes', 'labels', ['person', 'car'], ['person', 'dog'], ['added Dog', 'removed Car']],
    ['is elsewhere', 'labels', ['person', 'car'], ['car', 'person'], ['in the order Car, Person']],
    [
      'is elsewhere with others of a name',
      'zones',
      [zone(0.1), zone(0.1, 3, { id: 'gate', name: '门' })],
      [zone(0.1, 3, { id: 'gate', name: '门' }), zone(0.1)],
      ['in the order 门, 角落'],
    ],
    [
      'has other hours',
      'schedule',
      [hours],
      [{ ...hours, to: '20:00', only: ['market'] }],
      ['Mon, Tue 08:00–18:00 → Mon, Tue 08:00–20:00 (Only on calendars: market)'],
    ],
    ['comes beside the same', 'schedule', [hours], [hours, hours], ['added Mon, Tue 08:00–18:00']],
    [
      'does more',
      'actions',
      [talk],
      [
        { ...talk, perHour: 4, loudspeakers: ['pole-1'] },
        { do: 'escalate', after: '10m' },
      ],
      [
        'Talk-down · At most per hour: 3 → 4',
        'Talk-down · Loudspeakers: removed pole-2',
        'added Escalate (After: 10 minutes)',
      ].sort(),
    ],
    [
      'becomes another',
      'actions',
      [{ do: 'webhook', webhook: 'hook' }],
      [{ do: 'escalate', after: '1d' }],
      ['added Escalate (After: 1 day)', 'removed Webhook (Webhook: hook)'],
    ],
    [
      'is part of a whole',
      'parts',
      [{ scenarios: ['night'], count: 1 }],
      [{ scenarios: ['night'], count: 2 }],
      ['Scenarios: night; Count: 1 → Scenarios: night; Count: 2'],
    ],
  ])('what %s in %s is said by itself', (_what, key, before, after, said) => {
    const lines = changes(key, before, after);
    expect(key === 'actions' ? [...lines].sort() : lines).toEqual(said);
    expect(became(key, before, after)).toEqual(lines);
  });

  it('is said without what it was where that stands beside it', () => {
    expect(became('dwell', '5s', '6s')).toEqual(['6 seconds']);
    expect(value('zones', [zone(0.1)])).toBe('角落 (4 points)');
  });

  it('is said in Chinese', () => {
    language.value = 'zh';

    expect(changes('zones', [], [zone(0.1)])).toEqual(['新增 角落（4 个点）']);
    expect(changes('dwell', '5s', '1m')).toEqual(['5 秒 → 1 分钟']);
  });
});

/** Something that fits a schema, the `step`th of its sort; points are as they are drawn. */
const sample = (schema: FieldSchema, step: number): unknown => {
  switch (kindOf(schema)) {
    case 'fixed':
      return schema.const;
    case 'choice':
      return schema.enum?.at(step % schema.enum.length);
    case 'duration':
      return `${step + 1}m`;
    case 'number':
      return step + 1;
    case 'flag':
      return step % 2 === 0;
    case 'text':
      return `text-${step}`;
    case 'variants':
      return sample(schema.anyOf?.[step % schema.anyOf.length] ?? {}, step);
    case 'object':
      return Object.fromEntries(
        Object.entries(schema.properties ?? {}).map(([key, one]) => [key, sample(one, step)]),
      );
    default: {
      if (Array.isArray(schema.items)) return schema.items.map(() => step / 10); // a point
      return Array.from({ length: step + 1 }, (_, index) => sample(itemOf(schema), step + index));
    }
  }
};

const schemas = Object.entries({ camera: Camera, ...scenarioSchemas }) as unknown as [string, FieldSchema][];
const fields = schemas.flatMap(([name, { properties = {} }]) =>
  Object.entries(properties).map(([key, schema]) => [name, key, schema] as const),
);

describe('no field of any form', () => {
  it.each(fields)('is said in JSON: %s %s', (_name, key, schema) => {
    for (const [before, after] of [
      [undefined, sample(schema, 0)],
      [sample(schema, 0), sample(schema, 1)],
      [sample(schema, 2), sample(schema, 0)],
      [sample(schema, 1), undefined],
    ]) {
      for (const said of [value(key, before), value(key, after), ...changes(key, before, after)]) {
        expect(said).not.toMatch(/[{}[\]"]|\bobject\b|undefined|null|\btrue\b|\bfalse\b|\b\d+(ms|[smhd])\b/);
        expect(said.trim()).not.toBe('');
      }
    }
  });
});
