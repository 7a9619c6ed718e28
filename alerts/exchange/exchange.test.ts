import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, test } from 'vitest';
import type { AlertObject, RaisedAlert } from '../../core/schema/alert.ts';
import { type Label, labels } from '../../core/schema/label.ts';
import { obstacles, pictureConditions, scenarioKinds } from '../../core/schema/scenario.ts';
import { severities } from '../../core/schema/severity.ts';
import { raisedAlert, randomFrom, startAt } from '../../test/fixtures/api/alert-events.ts';
import { freshSeed } from '../../test/fixtures/inference/seeded-random.ts';
import { toAnalysisRules, toVideoLabels } from './ga1400/to-labels.ts';
import { toNotification } from './ga1400/to-notification.ts';
import { toAlarm } from './gb28181/to-alarm.ts';

const context = { deviceId: '43110300001320000001', timezone: 'Asia/Shanghai' };

const seen = (label: Label): AlertObject => ({
  ...{ trackId: `gate-1-${label}`, label, score: 0.9 },
  box: { x: 0.1, y: 0.2, w: 0.1, h: 0.3 },
});
const facts = { dwellMs: 2100, limitDwellMs: 2000 };

/** Alerts whose messages are written down. */
const examples: Record<string, Partial<RaisedAlert>> = {
  'person-at-water': { kind: 'waterside', severity: 'urgent', objects: [seen('person')] },
  'vehicles-in-lane': {
    kind: 'blockedLane',
    severity: 'medium',
    objects: [seen('car'), seen('truck'), seen('motorcycle'), seen('bicycle'), seen('person')],
  },
  'fire-and-smoke': { kind: 'fireSmoke', severity: 'urgent', objects: [seen('fire'), seen('smoke')] },
  debris: { kind: 'roadObstacle', facts: { ...facts, obstacle: 'debris' }, objects: [] },
  intrusion: { kind: 'intrusion', objects: [seen('person'), seen('dog')] },
  'camera-offline': { kind: 'cameraHealth', facts: { ...facts, condition: 'offline' }, objects: [] },
};

const messagesOf = (alert: RaisedAlert) => ({
  ga1400: {
    notification: toNotification(alert, context),
    videoLabels: toVideoLabels(alert, context),
    analysisRules: toAnalysisRules(alert, context),
  },
  gb28181: toAlarm(alert, { ...context, sn: 17 }),
});

const folder = path.resolve(import.meta.dirname, '../../test/fixtures/exchange');
const docs = ['ga1400', 'gb28181'].map((name) =>
  readFileSync(path.resolve(import.meta.dirname, `../../docs/integration/${name}.md`), 'utf8'),
);

/** Every key in a message, however deep. */
const keysOf = (value: unknown): string[] => {
  if (Array.isArray(value)) return value.flatMap(keysOf);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [key, ...keysOf(inner)]);
};

test.each(Object.entries(examples))('the messages of %s are as written down', async (name, change) => {
  const text = `${JSON.stringify(messagesOf(raisedAlert(change)), null, 2)}\n`;

  await expect(text).toMatchFileSnapshot(path.join(folder, `${name}.golden.json`));
});

test('every field that is ever sent has its public source in the tables', () => {
  const keys = Object.values(examples).flatMap((change) => {
    const { ga1400, gb28181 } = messagesOf(raisedAlert(change));
    return [...keysOf(Object.values(ga1400)), ...keysOf(gb28181)];
  });
  const listed = docs.join('\n');

  expect([...new Set(keys)].filter((key) => !new RegExp(`^\\| .*\`${key}\``, 'm').test(listed))).toEqual([]);
});

const alertFrom = (random: () => number): RaisedAlert => {
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;
  return raisedAlert({
    kind: pick(scenarioKinds),
    severity: pick(severities),
    raisedAt: startAt + Math.floor(random() * 4e11),
    facts: {
      ...facts,
      ...(random() < 0.3 ? { obstacle: pick(obstacles) } : {}),
      ...(random() < 0.3 ? { condition: pick(pictureConditions) } : {}),
    },
    objects: Array.from({ length: Math.floor(random() * 20) }, () => seen(pick(labels))),
  });
};

describe.each([1, 2, 3, freshSeed()])('with seed %s', (seed) => {
  it('no alert ever says a face, a person or a plate', () => {
    const random = randomFrom(seed);
    for (let round = 0; round < 300; round++) {
      const alert = alertFrom(random);
      const keys = keysOf(messagesOf(alert));

      expect(keys.filter((key) => /face|person|plate|gender|age$|cloth/i.test(key))).toEqual([]);
      expect(JSON.stringify(messagesOf(alert))).not.toMatch(/person|trackId|"score"/i);
    }
  });

  it('ids have the lengths of the standard, and differ within a message', () => {
    const random = randomFrom(seed);
    for (let round = 0; round < 300; round++) {
      const [message] = toNotification(alertFrom(random), context).SubscribeNotificationListObject
        .SubscribeNotificationObject;
      const ids = message?.InfoIDs.split(',') ?? [];

      expect(message?.NotificationID).toMatch(/^\d{33}$/);
      expect(ids.every((id) => /^\d{48}$/.test(id))).toBe(true);
      expect(new Set(ids).size).toBe(ids.length);
    }
  });
});

test.each([
  ['lineCrossing', '5', '5'],
  ['intrusion', '5', '6'],
  ['wrongWay', '5', '7'],
  ['loitering', '5', '8'],
  ['crowd', '5', '10'],
  ['fireSmoke', '5', '11'],
  ['composite', '7', undefined],
] as const)('an alert of the kind %s is an alarm of method %s and type %s', (kind, method, type) => {
  const alarm = toAlarm(raisedAlert({ kind }), { ...context, sn: 1 });

  expect([alarm.AlarmMethod, alarm.Info?.AlarmType]).toEqual([method, type]);
  expect(alarm.AlarmTime).toBe('2026-01-05T20:00:00');
});

test('the four severities are the four priorities', () => {
  const priorities = severities.map((severity) => {
    const alarm = toAlarm(raisedAlert({ severity }), { ...context, sn: 1 });
    return alarm.AlarmPriority;
  });

  expect(priorities).toEqual(['1', '2', '3', '4']);
});
