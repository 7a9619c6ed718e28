import { expect, test } from 'vitest';
import type { AlertEvent } from '../../core/schema/alert.ts';
import { loadEarlierWatch } from './earlier-watch.ts';
import { toLostMediaEvents } from './media-events.ts';

const place = '431103110201';
const camera = {
  id: 'gate',
  name: '村口',
  place,
  stream: { url: 'rtsp://127.0.0.1/gate' },
  register: { category: 'road' as const, signPosted: true, filingNumber: '1', owner: '镇政府' },
};
const idOf = (serial: number): string => `01ARZ3NDEKTSV4RRFFQ69G000${serial}`;

const raised = (serial: number): AlertEvent => ({
  schemaVersion: 1,
  eventId: `${idOf(serial)}.raised`,
  alertId: idOf(serial),
  cameraId: 'gate',
  place,
  at: serial,
  type: 'raised',
  alert: {
    alertId: idOf(serial),
    siteId: 'caishi',
    cameraId: 'gate',
    cameraName: '村口',
    place,
    scenarioId: 'gate',
    scenarioName: '村口',
    kind: 'intrusion',
    severity: 'high',
    zoneId: 'gate',
    startedAt: 1,
    capturedAt: 1,
    clockQuality: 'rtcp',
    receivedAt: 1,
    raisedAt: 1,
    modelId: 'm',
    facts: { dwellMs: 1, limitDwellMs: 1 },
    objects: [],
  },
});

const ended = (serial: number): AlertEvent => ({
  schemaVersion: 1,
  eventId: `${idOf(serial)}.ended`,
  alertId: idOf(serial),
  cameraId: 'gate',
  place,
  at: 9,
  type: 'ended',
  endedAt: 9,
});

const load = (said: AlertEvent[], waiting: AlertEvent[]) =>
  loadEarlierWatch(
    {
      alertEventsOf: async () =>
        said.map((value, index) => ({ sequence: index + 1, subject: 'alerts.x', value })),
      latestCameraStatus: async () => undefined,
    },
    { waiting: () => waiting },
    camera,
  );

test('knows an alert that only the outbox has yet', async () => {
  const { alerts } = await load([raised(1)], [raised(2)]);

  expect(alerts.map(({ alertId }) => alertId)).toEqual([idOf(1), idOf(2)]);
});

test('lets the outbox end what the bus still thinks goes on', async () => {
  const { alerts } = await load([raised(1)], [ended(1)]);

  expect(alerts.map(({ endedAt }) => endedAt)).toEqual([9]);
});

test('knows what began again and has not reached the bus', async () => {
  const { type: _, endedAt: __, ...stamp } = ended(1) as AlertEvent & { type: 'ended' };
  const facts = { dwellMs: 2, limitDwellMs: 1 };
  const resumed: AlertEvent = {
    ...stamp,
    eventId: `${idOf(1)}.resumed.1`,
    type: 'resumed',
    capturedAt: 12,
    facts,
  };
  const { alerts } = await load([raised(1), ended(1)], [resumed]);

  expect(alerts).toMatchObject([{ resumptions: 1, resumedAt: 12, facts }]);
  expect(alerts[0]?.endedAt).toBeUndefined();
});

test('counts an event once that is on its way from the outbox to the bus', async () => {
  const { alerts } = await load([raised(1), ended(1)], [raised(1), ended(1)]);

  expect(alerts).toHaveLength(1);
});

test('says of pictures promised before a restart that nobody makes them any more', async () => {
  const { alerts } = await load([raised(1)], []);
  const events = alerts.flatMap((alert) => toLostMediaEvents(alert, 20));

  expect(events.map(({ type, eventId }) => [type, eventId])).toEqual([
    ['mediaMissing', `${idOf(1)}.snapshot-missing`],
    ['mediaMissing', `${idOf(1)}.clip-missing`],
  ]);
});
