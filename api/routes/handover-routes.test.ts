import { expect, test } from 'vitest';
import { laterEvent, raisedAlert, raisedEvent, village } from '../../test/fixtures/api/alert-events.ts';
import { basic, testApi, testHash, testSecret } from '../../test/fixtures/api/test-api.ts';

const url = '/api/v1/handovers';

const withShifts = () => {
  const api = testApi();
  for (const [id, ground] of [['town', '431103110'] as const, ['village', village] as const])
    api.resources.userList.push({ id, ground, passwordHash: testHash });
  return api;
};
const note = (api: ReturnType<typeof testApi>, user: string, text: string) =>
  api.app.inject({ method: 'POST', url, payload: { text }, headers: basic(user, testSecret) });
const read = (api: ReturnType<typeof testApi>, user: string, query = '') =>
  api.app.inject({ url: `${url}${query}`, headers: basic(user, testSecret) });
const textsOf = (answer: { json(): { items: { text: string }[] } }) =>
  answer.json().items.map(({ text }) => text);

test('a note says who, when, for which ground, and which alerts were open', async () => {
  const api = withShifts();
  const open = raisedAlert();
  const done = raisedAlert({ alertId: '01KE67FDM0ZVNPVT4F41N4E9VW' });
  const over = laterEvent(done, { type: 'transition', to: 'resolved', by: 'wang' });
  const events = [raisedEvent(open), raisedEvent(done), over].map((event) => api.bus.push('ALERTS', event));
  await api.history.writeAlertEvents(events);

  const answer = await note(api, 'village', '塘边有人钓鱼');

  expect(answer.json()).toMatchObject({
    ...{ by: 'village', ground: village, text: '塘边有人钓鱼', at: api.clock.now() },
    ...{ openAlerts: [open.alertId], isTruncated: false },
  });
  expect(textsOf(await read(api, 'village'))).toEqual(['塘边有人钓鱼']);
});

test('a ground reads its own notes and those below, not those above', async () => {
  const api = withShifts();
  await note(api, 'town', 'a');
  await api.clock.advance(1000);
  await note(api, 'village', 'b');

  expect(textsOf(await read(api, 'town'))).toEqual(['b', 'a']);
  expect(textsOf(await read(api, 'village'))).toEqual(['b']);
  expect(textsOf(await read(api, 'village', '?place=431103111'))).toEqual([]);
});

test('notes come in pages, the newest first', async () => {
  const api = withShifts();
  for (const text of ['a', 'b', 'c']) {
    await note(api, 'town', text);
    await api.clock.advance(1000);
  }

  const first = await read(api, 'town', '?limit=2');
  const second = await read(api, 'town', `?limit=2&cursor=${first.json().nextCursor}`);

  expect([textsOf(first), textsOf(second)]).toEqual([['c', 'b'], ['a']]);
  expect(second.json().nextCursor).toBeUndefined();
});

test('refuses a note without words', async () => {
  expect((await note(withShifts(), 'town', '')).json()).toMatchObject({ code: 'request-invalid' });
});
