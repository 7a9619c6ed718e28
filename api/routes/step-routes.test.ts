import { expect, test } from 'vitest';
import { raisedAlert, raisedEvent, readySnapshot } from '../../test/fixtures/api/alert-events.ts';
import { basic, testApi, testHash, testSecret } from '../../test/fixtures/api/test-api.ts';

const alert = raisedAlert();
const steps = `/api/v1/alerts/${alert.alertId}/steps`;

const withAlert = () => {
  const api = testApi();
  api.bus.push('ALERTS', raisedEvent(alert));
  return api;
};
const post = (api: ReturnType<typeof testApi>, payload: object, headers: Record<string, string> = {}) =>
  api.app.inject({ method: 'POST', url: steps, payload, headers });

test('a step is an event on the bus and the alert comes back with it', async () => {
  const api = withAlert();

  const answer = await post(api, { to: 'acknowledged', why: '看到了' });

  expect(answer.statusCode).toBe(200);
  expect(answer.json()).toMatchObject({
    state: 'acknowledged',
    steps: [{ state: 'raised' }, { state: 'acknowledged', by: 'local', why: '看到了' }],
  });
  const stored = await api.bus.eventsOfAlert(alert.alertId);
  expect(stored.at(-1)?.value).toMatchObject({ type: 'transition', to: 'acknowledged', by: 'local' });
});

test('of two operators who press at once one wins and the other is told by whom', async () => {
  const api = withAlert();
  api.resources.userList.push(
    { id: 'wang', ground: '431103110', passwordHash: testHash },
    { id: 'li', ground: '431103110', passwordHash: testHash },
  );

  const answers = await Promise.all(
    ['wang', 'li'].map((name) => post(api, { to: 'acknowledged', from: 'raised' }, basic(name, testSecret))),
  );

  const [won] = answers.filter(({ statusCode }) => statusCode === 200);
  const [lost] = answers.filter(({ statusCode }) => statusCode === 409);
  const winner = won?.json().steps.at(-1).by;
  expect(lost?.json()).toMatchObject({
    code: 'alert-moved',
    message: expect.stringContaining(`${winner} has already made it acknowledged`),
  });
});

test('a picture that becomes ready meanwhile is no reason to refuse a step', async () => {
  const api = withAlert();
  const read = api.bus.eventsOfAlert.bind(api.bus);
  let isLate = true;
  api.bus.eventsOfAlert = async (alertId) => {
    const events = await read(alertId);
    if (isLate) api.bus.push('ALERTS', readySnapshot(alert));
    isLate = false;
    return events;
  };

  const answer = await post(api, { to: 'acknowledged', from: 'raised' });

  expect(answer.json()).toMatchObject({ state: 'acknowledged', snapshot: { state: 'ready' } });
});

test('an illegal step names the legal ones', async () => {
  const answer = await post(withAlert(), { to: 'closed' });

  expect(answer.statusCode).toBe(409);
  expect(answer.json()).toMatchObject({
    code: 'step-illegal',
    message: expect.stringContaining('acknowledged, dispatched, resolved, falseAlarm, duplicate'),
  });
});

test('regression: who did it is who asks, whatever the body says', async () => {
  const answer = await post(withAlert(), { to: 'acknowledged', by: 'mayor' });

  expect(answer.statusCode).toBe(400);
  expect(answer.json().message).toContain('unknown key "by"');
});

test('an alert of another ground is not there', async () => {
  const api = withAlert();
  api.resources.userList.push({ id: 'far', ground: '431103120', passwordHash: testHash });

  const answer = await post(api, { to: 'acknowledged' }, basic('far', testSecret));

  expect(answer.statusCode).toBe(404);
  expect((await api.bus.eventsOfAlert(alert.alertId)).length).toBe(1);
});

test('regression: a page of another origin changes nothing (cross-site request forgery)', async () => {
  const api = withAlert();

  const answer = await post(
    api,
    { to: 'acknowledged' },
    { origin: 'https://evil.example', host: 'localhost' },
  );

  expect(answer.statusCode).toBe(403);
  expect(answer.json().code).toBe('origin-forbidden');
  expect((await api.bus.eventsOfAlert(alert.alertId)).length).toBe(1);
});

test('comments are kept with who said them', async () => {
  const api = withAlert();
  const url = `/api/v1/alerts/${alert.alertId}/comments`;

  const answer = await api.app.inject({ method: 'POST', url, payload: { text: '已电话联系' } });

  expect(answer.json().comments).toEqual([{ at: expect.any(Number), by: 'local', text: '已电话联系' }]);
});

test.each([
  ['operator', 'acknowledged', 200],
  ['operator', 'dispatched', 403],
  ['dispatcher', 'dispatched', 200],
  ['engineer', 'acknowledged', 403],
  ['systemAdministrator', 'acknowledged', 403],
  ['auditor', 'acknowledged', 403],
] as const)('a %s who wants it %s gets %i', async (role, to, status) => {
  const api = withAlert();
  api.resources.userList.push({ id: 'wang', ground: '431103110', roles: [role], passwordHash: testHash });

  const answer = await post(api, { to }, basic('wang', testSecret));

  expect(answer.statusCode).toBe(status);
});

test('the answer says what is due next, by the rules as they are now', async () => {
  const api = withAlert();
  api.resources.deadlines = [{ area: 'country' }];

  const answer = await post(api, { to: 'acknowledged' });

  expect(answer.json().nextDeadline).toEqual({ step: 'onScene', dueAt: alert.raisedAt + 15 * 60_000 });
});
