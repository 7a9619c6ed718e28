import { expect, test } from 'vitest';
import { otherTownship, raisedAlert, raisedEvent, village } from '../../test/fixtures/api/alert-events.ts';
import { basic, testApi, testHash, testSecret } from '../../test/fixtures/api/test-api.ts';

const loudspeaker = {
  id: 'pond-1',
  name: '塘边',
  place: village,
  gateway: { url: 'http://127.0.0.1:1/play' },
  device: 'dev-7',
  recordings: [{ id: 'keep-off', name: '请远离水边' }],
};
const withLoudspeaker = () => {
  const api = testApi();
  api.resources.loudspeakerList.push(loudspeaker, { ...loudspeaker, id: 'far-1', place: otherTownship });
  return api;
};
const command = (api: ReturnType<typeof testApi>, payload: object, id = 'pond-1', headers = {}) =>
  api.app.inject({ method: 'POST', url: `/api/v1/loudspeakers/${id}/commands`, payload, headers });

test('a command is in the audit log before it is given, and what the gateway said is the answer', async () => {
  const api = withLoudspeaker();
  const alert = raisedAlert();
  api.bus.push('ALERTS', raisedEvent(alert));
  let audited: unknown;
  api.bus.answerLoudspeakers(async ({ commandId, by }) => {
    audited = (await api.bus.lastAudit())?.value.entry;
    return { commandId, at: 1, outcome: 'accepted', detail: `asked by ${by}` };
  });

  const answer = await command(api, { recording: 'keep-off', alertId: alert.alertId });

  expect(answer.json()).toMatchObject({ outcome: 'accepted', detail: 'asked by local' });
  expect(audited).toMatchObject({
    ...{ who: 'local', what: 'loudspeakerCommanded', place: village },
    ...{ target: 'loudspeakers/pond-1/keep-off', why: `alert ${alert.alertId}` },
  });
});

test.each([
  ['a loudspeaker that does not exist', { recording: 'keep-off' }, 'horn-9', 'loudspeaker-unknown', 404],
  ['a loudspeaker of another ground', { recording: 'keep-off' }, 'far-1', 'loudspeaker-unknown', 404],
  ['a recording that it does not have', { recording: 'fire' }, 'pond-1', 'recording-unknown', 404],
  [
    'an alert that does not exist',
    { recording: 'keep-off', alertId: raisedAlert().alertId },
    'pond-1',
    'alert-unknown',
    404,
  ],
  ['words of its own', { recording: 'keep-off', text: '走开' }, 'pond-1', 'request-invalid', 400],
])('refuses %s and writes nothing down', async (_, payload, id, code, status) => {
  const api = withLoudspeaker();
  api.resources.userList.push({ id: 'wang', ground: '431103110', passwordHash: testHash });

  const answer = await command(api, payload, id, basic('wang', testSecret));

  expect({ code: answer.json().code, status: answer.statusCode }).toEqual({ code, status });
  expect((await api.bus.lastAudit())?.value.entry.what).not.toBe('loudspeakerCommanded');
});

test('says that it may have been played when nobody says what became of it', async () => {
  const answer = await command(withLoudspeaker(), { recording: 'keep-off' });

  expect(answer.statusCode).toBe(503);
  expect(answer.json()).toMatchObject({
    code: 'loudspeaker-unheard',
    message: expect.stringContaining('it may have been played'),
  });
});

test('whoever may not deal with alerts may not speak', async () => {
  const api = withLoudspeaker();
  const user = { id: 'audit', ground: '431103110', passwordHash: testHash, roles: ['auditor' as const] };
  api.resources.userList.push(user);

  const answer = await command(api, { recording: 'keep-off' }, 'pond-1', basic('audit', testSecret));

  expect(answer.json()).toMatchObject({ code: 'right-missing' });
});
