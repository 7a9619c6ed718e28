import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { expect, test, vi } from 'vitest';
import type { RaisedAlert } from '../../core/schema/alert.ts';
import {
  alertIdAt,
  laterEvent,
  neighbour,
  raisedAlert,
  raisedEvent,
  startAt,
  village,
} from '../../test/fixtures/api/alert-events.ts';
import { basic, testApi, testHash, testSecret } from '../../test/fixtures/api/test-api.ts';
import { OpenAlertPage, OpenAlertView } from '../schema/open-alert-view.ts';

const url = '/api/v1/alerts/open';
const minute = 60_000;
/** The first API of a process builds its serializers. */
vi.setConfig({ testTimeout: 20_000 });

const opened = async () => {
  const api = testApi();
  await api.app.ready();
  await vi.waitFor(async () => expect((await api.app.inject(url)).statusCode).toBe(200));
  let serial = 0;
  const raise = (facts: Partial<RaisedAlert> = {}) => {
    const raisedAt = facts.raisedAt ?? startAt;
    const alert = raisedAlert({ ...facts, raisedAt, alertId: alertIdAt(raisedAt, ++serial) });
    api.bus.push('ALERTS', raisedEvent(alert));
    return alert;
  };
  const list = async (query = '', headers = {}) => {
    await new Promise((resolve) => setImmediate(resolve));
    return api.app.inject({ url: `${url}${query}`, headers });
  };
  return { ...api, raise, list };
};
const idsOf = (answer: { json(): { items: { alertId: string }[] } }) =>
  answer.json().items.map(({ alertId }) => alertId);

test('the most urgent comes first, then what is due first', async () => {
  const { raise, list, resources } = await opened();
  resources.deadlines = [{ acknowledge: '10m' }, { place: village, acknowledge: '1m' }];
  const low = raise({ severity: 'low' });
  const later = raise({ severity: 'high', place: neighbour });
  const sooner = raise({ severity: 'high', place: village, raisedAt: startAt + 1 });
  const urgent = raise({ severity: 'urgent', raisedAt: startAt + 5 });

  const answer = await list();

  expect(idsOf(answer)).toEqual([urgent, sooner, later, low].map(({ alertId }) => alertId));
  expect(answer.json()).toMatchObject({ total: 4, letGo: 0, isStale: false });
});

test('each says what is due, whether it is overdue, and who has it', async () => {
  const { raise, list, bus, clock, resources } = await opened();
  resources.deadlines = [{}];
  const alert = raise({ severity: 'high' });
  expect((await list()).json().items[0]).toMatchObject({
    due: 'acknowledge',
    dueAt: startAt + minute,
    isOverdue: false,
  });

  await clock.advance(minute + 1);
  expect((await list()).json().items[0]).toMatchObject({ isOverdue: true });

  bus.push(
    'ALERTS',
    laterEvent(alert, { type: 'transition', to: 'dispatched', by: 'wang', responder: 'patrol-2' }),
  );
  const [item] = (await list()).json().items;
  expect(item).toMatchObject({ due: 'onScene', dueAt: startAt + 3 * minute, isOverdue: false });
  expect(item.holder).toMatchObject({ by: 'wang', responder: 'patrol-2' });
});

test('what it answers fits its schema', async () => {
  const { raise, list, resources } = await opened();
  resources.deadlines = [{}];
  raise();
  const shape = Type.Object(
    { ...OpenAlertPage.properties, items: Type.Array(OpenAlertView) },
    { additionalProperties: false },
  );

  expect([...Compile(shape).Errors((await list()).json())]).toEqual([]);
});

test('one that was dealt with leaves, comes when it is asked for, and returns when it is sent back', async () => {
  const { raise, list, bus } = await opened();
  const alert = raise();
  bus.push('ALERTS', laterEvent(alert, { type: 'transition', to: 'resolved', by: 'wang' }, startAt + 10));

  expect((await list()).json().total).toBe(0);
  expect(idsOf(await list('?state=resolved'))).toEqual([alert.alertId]);
  bus.push('ALERTS', laterEvent(alert, { type: 'transition', to: 'acknowledged', by: 'wang' }, startAt + 20));
  expect((await list()).json().total).toBe(1);
});

test('pages follow each other without a gap and without a repetition', async () => {
  const { raise, list } = await opened();
  const severities = ['low', 'urgent', 'medium', 'high'] as const;
  for (let count = 0; count < 23; count++) raise({ severity: severities[count % 4] ?? 'low' });
  const whole = idsOf(await list());
  const paged: string[] = [];
  let next = '';
  do {
    const page = await list(`?limit=5${next}`);
    paged.push(...idsOf(page));
    const { nextCursor } = page.json();
    next = nextCursor === undefined ? '' : `&cursor=${nextCursor}`;
  } while (next !== '');

  expect(paged).toEqual(whole);
  expect(new Set(paged).size).toBe(23);
  expect((await list('?cursor=bm9uc2Vuc2U')).json().code).toBe('cursor-invalid');
});

test('an unchanged list is not sent again; that something became overdue is a change', async () => {
  const { raise, list, clock, resources } = await opened();
  resources.deadlines = [{}];
  raise();
  const headers = { 'if-none-match': String((await list()).headers.etag) };

  expect((await list('', headers)).statusCode).toBe(304);
  await clock.advance(2 * minute);
  expect((await list('', headers)).statusCode).toBe(200);
});

test('nobody sees open alerts of a ground that is not theirs', async () => {
  const { raise, list, resources } = await opened();
  raise({ place: neighbour });
  const own = raise({ place: village });
  resources.userList.push({ id: 'wang', ground: village, passwordHash: testHash });
  const headers = basic('wang', testSecret);

  expect(idsOf(await list('', headers))).toEqual([own.alertId]);
  expect((await list(`?place=${neighbour}`, headers)).json()).toMatchObject({ items: [], total: 0 });
});

test('until the bus has been read it says so instead of showing a part', async () => {
  const { app, bus } = testApi();
  bus.follow = () => new Promise(() => undefined);
  void app.ready();
  const answer = await app.inject(url);

  expect([answer.statusCode, answer.json().code]).toEqual([503, 'open-alerts-behind']);
  expect(answer.headers['retry-after']).toBe('1');
});

test('a list made without the bus says that it is as it was', async () => {
  const { raise, list, bus } = await opened();
  raise();
  bus.isConnected = false;

  expect((await list()).json()).toMatchObject({ total: 1, isStale: true });
});
