import { expect, test } from 'vitest';
import {
  alertIdAt,
  messagesOf,
  otherTownship,
  raisedAlert,
  raisedEvent,
  startAt,
  storyOf,
} from '../../test/fixtures/api/alert-events.ts';
import { testApi, township } from '../../test/fixtures/api/test-api.ts';
import { historyError } from '../history/errors.ts';

const withAlerts = async (count: number) => {
  const api = testApi();
  const alerts = Array.from({ length: count }, (_, index) =>
    raisedAlert({ alertId: alertIdAt(startAt + index, index), raisedAt: startAt + index }),
  );
  await api.history.writeAlertEvents(messagesOf(alerts.map(raisedEvent)));
  return { ...api, alerts };
};

test('alerts are listed newest first, page by page', async () => {
  const { app, alerts } = await withAlerts(5);
  const first = (await app.inject('/api/v1/alerts?limit=3')).json();
  const second = (await app.inject(`/api/v1/alerts?limit=3&cursor=${first.nextCursor}`)).json();

  const ids = [...first.items, ...second.items].map((alert) => alert.alertId);
  expect(ids).toEqual(alerts.map((alert) => alert.alertId).reverse());
  expect(second.nextCursor).toBeUndefined();
});

test('an alert is answered whole', async () => {
  const { app, history } = testApi();
  const alert = raisedAlert();
  await history.writeAlertEvents(messagesOf(storyOf(alert)));

  const answer = await app.inject(`/api/v1/alerts/${alert.alertId}`);

  expect(answer.statusCode).toBe(200);
  expect(answer.json()).toEqual(await history.alert(alert.alertId, township));
  expect(answer.json()).toMatchObject({
    state: 'resolved',
    snapshot: { state: 'ready' },
    clip: { state: 'missing' },
  });
});

test('filters reach the history as they were given, within the ground', async () => {
  const { app, history } = testApi();
  const keys =
    'place=4311&from=5&to=9&kind=crowd&kind=intrusion&severity=high&state=raised&camera=gate-1&scenario=s-1';
  await app.inject(`/api/v1/alerts?${keys}`);

  expect(history.alertQueries).toEqual([
    {
      placePrefix: township,
      from: 5,
      to: 9,
      scenarioIds: ['s-1'],
      kinds: ['crowd', 'intrusion'],
      severities: ['high'],
      states: ['raised'],
      cameraIds: ['gate-1'],
      limit: 50,
    },
  ]);
});

test('another ground is empty, and its alerts are not there', async () => {
  const { app, history } = testApi();
  const alert = raisedAlert({ place: otherTownship });
  await history.writeAlertEvents(messagesOf([raisedEvent(alert)]));

  expect((await app.inject(`/api/v1/alerts?place=${otherTownship}`)).json()).toEqual({ items: [] });
  const answer = await app.inject(`/api/v1/alerts/${alert.alertId}`);
  expect([answer.statusCode, answer.json().code]).toEqual([404, 'alert-unknown']);
});

test.each([
  ['limit=501', 'limit is 501; it must be <= 500'],
  ['limit=0', 'limit is 0'],
  ['severity=worst', 'give one of urgent, high, medium, low'],
  ['place=43110', 'place is "43110"'],
  ['from=yesterday', 'from is "yesterday"; it must be integer'],
  ['camra=gate-1', 'unknown key "camra"'],
  ['__proto__=1', 'unknown key "__proto__"'],
  ['ground=4311', 'unknown key "ground"'],
  ['cursor=bm9uc2Vuc2U', 'the cursor is not one that this list gave'],
])('the query %s is answered with what is wrong', async (query, message) => {
  const answer = await testApi().app.inject(`/api/v1/alerts?${query}`);

  expect(answer.statusCode).toBe(400);
  expect(answer.json()).toMatchObject({ kind: 'invalid', message: expect.stringContaining(message) });
});

test.each(['constructor', '__proto__', '..%2f..%2fetc%2fpasswd', "' OR 1=1 --", `${'0'.repeat(25)}U`])(
  'the alert id %j is refused',
  async (id) => {
    const answer = await testApi().app.inject(`/api/v1/alerts/${encodeURIComponent(decodeURIComponent(id))}`);

    expect(answer.statusCode).toBe(400);
    expect(answer.json().message).toContain('alertId');
  },
);

test('a history that cannot answer is an outage, and says when to come back', async () => {
  const { app, history } = testApi();
  history.failure = historyError('history-unavailable', 'listing alerts: connect ECONNREFUSED');

  const answer = await app.inject('/api/v1/alerts');

  expect([answer.statusCode, answer.json().code]).toEqual([503, 'history-unavailable']);
  expect(answer.headers['retry-after']).toBe('2');
});

test('what went wrong inside is logged and not told', async () => {
  const { app, history, logged } = testApi();
  history.failure = historyError('history-refused', 'listing alerts: secret detail');

  const answer = await app.inject('/api/v1/alerts');

  expect(answer.statusCode).toBe(500);
  expect(answer.body).not.toContain('secret detail');
  expect(logged.join('')).toContain('secret detail');
  expect(logged.join('')).toContain(answer.json().requestId);
});
