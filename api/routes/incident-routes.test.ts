import { expect, test } from 'vitest';
import type { AlertEvent, RaisedAlert } from '../../core/schema/alert.ts';
import {
  alertIdAt,
  laterEvent,
  messagesOf,
  neighbour,
  otherTownship,
  raisedAlert,
  raisedEvent,
  startAt,
  village,
} from '../../test/fixtures/api/alert-events.ts';
import { basic, testApi, testHash, testSecret, township } from '../../test/fixtures/api/test-api.ts';
import { historyError } from '../history/errors.ts';

const alertAt = (second: number, facts: Partial<RaisedAlert> = {}): RaisedAlert => {
  const raisedAt = startAt + second * 1000;
  return raisedAlert({ alertId: alertIdAt(raisedAt, second), raisedAt, ...facts });
};
const joined = (alert: RaisedAlert, incidentId: string): AlertEvent =>
  laterEvent(alert, { type: 'joined', incidentId });
const ended = (alert: RaisedAlert): AlertEvent =>
  laterEvent(alert, { type: 'ended', endedAt: alert.raisedAt + 9000 });

const first = alertAt(0, { severity: 'medium' });
const next = alertAt(60, { cameraId: 'lane-2', place: neighbour, severity: 'urgent', kind: 'crowd' });
const far = alertAt(90, { cameraId: 'far-3', place: otherTownship });
const later = [alertAt(4000), alertAt(4060)];
const id = first.alertId;

const withIncidents = async (options: Parameters<typeof testApi>[0] = {}) => {
  const api = testApi(options);
  const [fourth, fifth] = later;
  const raised = [first, next, far, ...later].map(raisedEvent);
  const belongings = [first, next, far].map((alert) => joined(alert, id));
  const others = later.map((alert) => joined(alert, fourth?.alertId ?? ''));
  const ends = [first, next, ...later].map(ended);
  await api.history.writeAlertEvents(messagesOf([...raised, ...belongings, ...others, ...ends]));
  return { ...api, laterId: fourth?.alertId, laterMember: fifth?.alertId };
};

test('incidents are listed newest first, page by page, with what of them lies in the ground', async () => {
  const { app, laterId } = await withIncidents();
  const page = (await app.inject('/api/v1/incidents?limit=1')).json();
  const rest = (await app.inject(`/api/v1/incidents?limit=1&cursor=${page.nextCursor}`)).json();

  expect([page, rest].map(({ items }) => items[0].incidentId)).toEqual([laterId, id]);
  expect(rest.nextCursor).toBeUndefined();
  expect(rest.items[0]).toMatchObject({
    severity: 'urgent',
    startedAt: first.startedAt,
    endedAt: next.raisedAt + 9000,
    counts: { alerts: 2, open: 0, cameras: 2 },
    members: [
      { alertId: id },
      { alertId: next.alertId, kind: 'crowd', severity: 'urgent', place: neighbour },
    ],
  });
});

test('one incident is answered, also by the alerts of it that lie below a place', async () => {
  const { app } = await withIncidents();
  const whole = (await app.inject(`/api/v1/incidents/${id}`)).json();
  const part = (await app.inject(`/api/v1/incidents?place=${village}`)).json();

  expect(whole.members).toHaveLength(2);
  expect(part.items.at(-1)).toMatchObject({ incidentId: id, counts: { alerts: 1 }, severity: 'medium' });
});

test('an incident that is still going on has no end, and can be asked for alone', async () => {
  const { app, history } = await withIncidents();
  await history.writeAlertEvents(
    messagesOf([laterEvent(next, { type: 'resumed', capturedAt: 1, facts: next.facts })], 100),
  );
  const { items } = (await app.inject('/api/v1/incidents?open=true')).json();

  expect(items).toMatchObject([{ incidentId: id, counts: { open: 1 } }]);
  expect(items[0]).not.toHaveProperty('endedAt');
});

test('whoever has another ground sees neither the incident nor what of it lies elsewhere', async () => {
  const { app, resources } = await withIncidents({ host: '0.0.0.0' });
  const user = (name: string, ground: string) =>
    resources.userList.push({ id: name, ground, passwordHash: testHash });
  user('here', neighbour);
  user('there', otherTownship);
  user('nowhere', '431103112');
  const ask = (name: string) =>
    app.inject({ url: `/api/v1/incidents/${id}`, headers: basic(name, testSecret) });

  expect((await ask('here')).json().members).toMatchObject([{ alertId: next.alertId }]);
  expect((await ask('there')).json().members).toMatchObject([{ alertId: far.alertId }]);
  expect((await ask('nowhere')).json()).toMatchObject({ code: 'incident-unknown' });
});

test('filters reach the history, and nothing beyond the ground is asked for', async () => {
  const { app, history } = testApi();
  await app.inject('/api/v1/incidents?place=4311&from=5&to=9&open=true');
  const outside = await app.inject(`/api/v1/incidents?place=${otherTownship}`);

  expect(history.incidentQueries).toEqual([
    { placePrefix: township, from: 5, to: 9, onlyOpen: true, limit: 20 },
  ]);
  expect(outside.json()).toEqual({ items: [] });
});

test('alerts can be asked for by their incident', async () => {
  const { app, history } = testApi();
  await app.inject(`/api/v1/alerts?incident=${id}`);

  expect(history.alertQueries).toMatchObject([{ incidentIds: [id] }]);
});

test.each([
  ['incidents/nonsense', 400, 'request-invalid'],
  [`incidents/${alertIdAt(startAt + 5, 77)}`, 404, 'incident-unknown'],
  ['incidents?open=perhaps', 400, 'request-invalid'],
  ['incidents?limit=101', 400, 'request-invalid'],
  ['alerts?incident=nonsense', 400, 'request-invalid'],
])('%s is answered with %i %s', async (path, status, code) => {
  const answer = await testApi().app.inject(`/api/v1/${path}`);

  expect([answer.statusCode, answer.json().code]).toEqual([status, code]);
});

test('a history that cannot answer is an outage', async () => {
  const { app, history } = testApi();
  history.failure = historyError('history-unavailable', 'listing incidents: connect ECONNREFUSED');

  expect((await app.inject('/api/v1/incidents')).statusCode).toBe(503);
});
