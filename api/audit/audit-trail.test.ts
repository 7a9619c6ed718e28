import { expect, test } from 'vitest';
import { busError } from '../../core/bus/errors.ts';
import {
  messagesOf,
  raisedAlert,
  raisedEvent,
  readySnapshot,
  village,
} from '../../test/fixtures/api/alert-events.ts';
import type { ScriptedBus } from '../../test/fixtures/api/scripted-bus.ts';
import { basic, testApi, testHash, testSecret } from '../../test/fixtures/api/test-api.ts';

const alert = raisedAlert();
const url = `/api/v1/alerts/${alert.alertId}/snapshot`;
const wang = basic('wang', testSecret);

const opened = async () => {
  const api = testApi();
  await api.history.writeAlertEvents(messagesOf([raisedEvent(alert), readySnapshot(alert)]));
  api.bus.push('ALERTS', raisedEvent(alert));
  api.evidence.files.set(`${alert.alertId}.snapshot`, Buffer.from('0123456789'));
  api.resources.userList.push({ id: 'wang', ground: '431103110', passwordHash: testHash });
  return api;
};

/** What stands in the audit log, sign-ins aside. */
const deedsOn = async (bus: ScriptedBus) => {
  const last = (await bus.lastAudit())?.sequence ?? 0;
  const entries = bus.stored('AUDIT').map(({ value }) => value.entry);
  expect(entries).toHaveLength(last);
  return entries.filter(({ what }) => what !== 'signedIn');
};

test('a look at a picture is written down once in ten minutes for each who looks', async () => {
  const { app, bus, clock } = await opened();
  for (const headers of [wang, { ...wang, range: 'bytes=2-4' }, wang]) await app.inject({ url, headers });
  const first = await deedsOn(bus);
  await clock.advance(10 * 60_000);
  await app.inject({ url, headers: wang });

  expect(first).toEqual([
    {
      ...{ at: expect.any(Number), who: 'wang', what: 'evidenceSeen', place: village },
      ...{ target: `alerts/${alert.alertId}/snapshot`, address: '127.0.0.1' },
      requestId: expect.stringMatching(/^r-/),
    },
  ]);
  expect(await deedsOn(bus)).toHaveLength(2);
});

test('a picture that the asker has already is looked at again', async () => {
  const { app, bus } = await opened();

  const answer = await app.inject({ url, headers: { ...wang, 'if-none-match': `"${'a'.repeat(64)}"` } });

  expect(answer.statusCode).toBe(304);
  expect(await deedsOn(bus)).toMatchObject([{ what: 'evidenceSeen' }]);
});

test('regression: a look that cannot be written down shows nothing, also to the next who asks', async () => {
  const { app, bus } = await opened();
  bus.appendAudit = async () => {
    throw busError('bus-unavailable', 'audit record 1: no answer');
  };

  const answers = [await app.inject({ url, headers: wang }), await app.inject({ url, headers: wang })];

  for (const answer of answers) {
    expect([answer.statusCode, answer.json().code]).toEqual([503, 'bus-unavailable']);
    expect(answer.body).not.toContain('0123456789');
  }
});

test('what people do about an alert is written down before it is done', async () => {
  const { app, bus } = await opened();
  const post = (path: string, payload: object) =>
    app.inject({ method: 'POST', url: `/api/v1/alerts/${alert.alertId}/${path}`, payload, headers: wang });
  await post('steps', { to: 'acknowledged', why: '看到了' });
  await post('comments', { text: '王某某在门口' });
  await post('steps', { to: 'raised' });

  const deeds = await deedsOn(bus);

  expect(deeds.filter(({ what }) => what !== 'rightRefused')).toMatchObject([
    { who: 'wang', what: 'alertStepped', target: `alerts/${alert.alertId}`, to: 'acknowledged' },
    { who: 'wang', what: 'alertCommented', target: `alerts/${alert.alertId}`, place: village },
  ]);
  expect(JSON.stringify(deeds)).not.toContain('王某某');
});

test('a step that cannot be written down is not done', async () => {
  const { app, bus } = await opened();
  bus.appendAudit = async () => {
    throw busError('bus-unavailable', 'audit record 1: no answer');
  };

  const payload = { to: 'acknowledged' };
  const steps = `/api/v1/alerts/${alert.alertId}/steps`;
  const answer = await app.inject({ method: 'POST', url: steps, payload, headers: wang });

  expect(answer.statusCode).toBe(503);
  expect(await bus.eventsOfAlert(alert.alertId)).toHaveLength(1);
});

test('refusals are written down once a minute, and never what was typed', async () => {
  const { app, bus, clock } = await opened();
  const tries = [
    basic('hunter2-my-secret', 'x'),
    basic('wang', 'wrong-secret'),
    basic('wang', 'wrong-secret'),
  ];
  for (const headers of tries) await app.inject({ url: '/api/v1/alerts', headers });
  for (const _ of [1, 2, 3]) await app.inject({ url: '/api/v1/audit', headers: wang });
  await app.inject({ url: '/api/v1/alerts' });

  const deeds = await deedsOn(bus);
  await clock.advance(60_000);
  await app.inject({ url: '/api/v1/audit', headers: wang });

  expect(deeds).toMatchObject([
    { who: 'unknown', what: 'signInRefused' },
    { who: 'wang', what: 'signInRefused' },
    { who: 'wang', what: 'rightRefused', target: 'GET /api/v1/audit', why: 'right-missing' },
  ]);
  expect(JSON.stringify(deeds)).not.toMatch(/hunter2|wrong-secret/);
  expect(await deedsOn(bus)).toHaveLength(4);
});

test('of refusals at most sixty a minute are written down; the others are counted', async () => {
  const { app, bus, metrics } = await opened();
  for (let index = 0; index < 70; index++) {
    const remoteAddress = `10.0.0.${index}`;
    await app.inject({ url: '/api/v1/audit', headers: wang, remoteAddress });
  }

  const refused = (await deedsOn(bus)).filter(({ what }) => what === 'rightRefused');
  expect(refused).toHaveLength(60);
  expect(await metrics.text()).toMatch(/xueliang_api_audit_refusals_passed_over_total 10/);
});

test('with HTTP Basic a sign-in is written down once an hour', async () => {
  const { app, bus, clock } = await opened();
  const ask = () => app.inject({ url: '/api/v1/alerts', headers: wang });
  await ask();
  await ask();
  await clock.advance(60 * 60_000);
  await ask();

  expect(bus.stored('AUDIT').map(({ value }) => value.entry)).toMatchObject([
    { who: 'wang', what: 'signedIn', target: 'users/wang', place: '431103110' },
    { who: 'wang', what: 'signedIn' },
  ]);
});
