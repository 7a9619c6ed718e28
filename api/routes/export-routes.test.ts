import { expect, test, vi } from 'vitest';
import type { UserRole } from '../../core/schema/role.ts';
import {
  alertIdAt,
  laterEvent,
  neighbour,
  otherTownship,
  raisedAlert,
  raisedEvent,
  randomFrom,
  startAt,
  village,
} from '../../test/fixtures/api/alert-events.ts';
import { basic, testApi, testHash, testSecret, township } from '../../test/fixtures/api/test-api.ts';

// Names and secrets are checked slowly on purpose.
vi.setConfig({ testTimeout: 20_000 });

const url = '/api/v1/exports';
const here = raisedAlert();
const nextDoor = raisedAlert({ alertId: alertIdAt(startAt, 1), place: neighbour });
const far = raisedAlert({ alertId: alertIdAt(startAt, 2), place: otherTownship });
const reason = '派出所调取塘边事件材料';
const asking = { kind: 'alerts', purpose: 'evidenceForAuthority', reason, alertIds: [here.alertId] };
const hour = 3_600_000;

const people: readonly [string, string, UserRole][] = [
  ['wang', village, 'operator'],
  ['li', township, 'dispatcher'],
  ['zhao', township, 'dispatcher'],
  ['sun', neighbour, 'dispatcher'],
  ['qian', township, 'operator'],
  ['audit', '4311', 'auditor'],
];

const openSite = async () => {
  const api = testApi();
  for (const [id, ground, role] of people)
    api.resources.userList.push({ id, ground, roles: [role], passwordHash: testHash });
  const events = [here, nextDoor, far].map((alert) => api.bus.push('ALERTS', raisedEvent(alert)));
  await api.history.writeAlertEvents(events);
  const send = async (user: string, method: 'GET' | 'POST' | 'DELETE', path = '', payload?: unknown) => {
    const body = payload === undefined ? {} : { payload: payload as object };
    const answer = await api.app.inject({
      ...{ method, url: `${url}${path}`, headers: basic(user, testSecret) },
      ...body,
    });
    return { status: answer.statusCode, json: answer.json() };
  };
  const ask = async (user = 'wang', facts: object = {}) =>
    (await send(user, 'POST', '', { ...asking, ...facts })).json;
  const approve = (user: string, id: string, why?: string) =>
    send(user, 'POST', `/${id}/approval`, { approve: true, ...(why === undefined ? {} : { why }) });
  const deeds = () =>
    api.bus
      .stored('AUDIT')
      .map(({ value }) => value.entry)
      .filter(({ target }) => target.startsWith('exports/'));
  return { ...api, send, ask, approve, deeds };
};

test('what one asks for waits a day for a second person, who approves it for seven', async () => {
  const site = await openSite();
  const asked = await site.ask();
  expect(asked).toMatchObject({
    ...{ state: 'asked', by: 'wang', ground: village, at: startAt, reason, steps: [] },
    expiresAt: startAt + 24 * hour,
  });

  await site.clock.advance(hour);
  const { json } = await site.approve('li', asked.exportId);

  expect(json).toMatchObject({ state: 'approved', expiresAt: startAt + hour + 7 * 24 * hour });
  expect(json.steps).toEqual([{ to: 'approved', by: 'li', at: startAt + hour }]);
  expect((await site.send('wang', 'GET', `/${asked.exportId}`)).json).toEqual(json);
});

test('nobody approves or refuses what they asked for themselves', async () => {
  const site = await openSite();
  const { exportId } = await site.ask('li');

  for (const approve of [true, false]) {
    const answer = await site.send('li', 'POST', `/${exportId}/approval`, {
      approve,
      why: '因为这是我自己的申请',
    });
    expect(answer).toMatchObject({ status: 403, json: { code: 'export-own' } });
  }
  expect((await site.send('li', 'GET', `/${exportId}`)).json.state).toBe('asked');
});

test('whoever lacks the right, or the ground, approves nothing', async () => {
  const site = await openSite();
  const { exportId } = await site.ask();

  expect((await site.approve('qian', exportId)).json.code).toBe('right-missing');
  expect((await site.approve('sun', exportId)).json.code).toBe('export-unknown');
  expect((await site.approve('audit', exportId)).json.code).toBe('right-missing');
  expect((await site.send('audit', 'POST', '', asking)).json.code).toBe('right-missing');
});

test('a wider export is answered by whoever sees all of it', async () => {
  const site = await openSite();
  const { exportId, ground } = await site.ask('li', { alertIds: [here.alertId, nextDoor.alertId] });

  expect(ground).toBe(township);
  expect((await site.approve('sun', exportId)).json.code).toBe('export-unknown');
  expect((await site.approve('zhao', exportId)).json.state).toBe('approved');
});

test('only alerts of the own ground are asked for, all or none', async () => {
  const site = await openSite();
  for (const alertId of [nextDoor.alertId, far.alertId, alertIdAt(startAt, 9), `7${'Z'.repeat(25)}`]) {
    const refused = await site.ask('wang', { alertIds: [here.alertId, alertId] });
    expect(refused).toMatchObject({ code: 'alert-unknown', message: expect.stringContaining(alertId) });
  }
  expect(site.exportStore.entries.size).toBe(0);
  expect(site.deeds()).toEqual([]);
});

test('a refusal says why, and is the end', async () => {
  const site = await openSite();
  const { exportId } = await site.ask();
  const refuse = (body: object) =>
    site.send('li', 'POST', `/${exportId}/approval`, { approve: false, ...body });

  expect((await refuse({})).json.code).toBe('request-invalid');
  expect((await refuse({ why: '没有派出所的调取函' })).json.code).toBe('request-invalid');
  const why = '没有看到派出所的调取函';
  expect((await refuse({ why })).json).toMatchObject({ state: 'refused', steps: [{ by: 'li', why }] });
  const late = await site.approve('zhao', exportId);
  expect(late).toMatchObject({ status: 409, json: { code: 'export-moved' } });
  expect(late.json.message).toContain('refused by li');
});

test('of two who answer at once one is first, and the log has one answer', async () => {
  const site = await openSite();
  const { exportId } = await site.ask();

  const answers = await Promise.all([site.approve('li', exportId), site.approve('zhao', exportId)]);

  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  expect((await site.send('li', 'GET', `/${exportId}`)).json.steps).toHaveLength(1);
  expect(site.deeds()).toHaveLength(2);
});

test('what another process wrote in between stands', async () => {
  const site = await openSite();
  const { exportId } = await site.ask();
  site.exportStore.beforeWrite = () => {
    const entry = site.exportStore.entries.get(exportId);
    if (!entry) throw new Error('it was asked for');
    const step = { to: 'refused', by: 'zhao', at: startAt, why: '没有看到派出所的调取函' } as const;
    site.exportStore.write({ ...entry.exported, steps: [step] });
  };

  expect(await site.approve('li', exportId)).toMatchObject({ status: 409, json: { code: 'export-moved' } });
  expect((await site.send('li', 'GET', `/${exportId}`)).json.state).toBe('refused');
});

test('unanswered for a day it is over, approved for seven days too', async () => {
  const site = await openSite();
  const first = await site.ask();
  await site.clock.advance(24 * hour);
  expect((await site.send('wang', 'GET', `/${first.exportId}`)).json.state).toBe('expired');
  expect((await site.approve('li', first.exportId)).json.code).toBe('export-moved');

  const second = await site.ask();
  await site.approve('li', second.exportId);
  await site.clock.advance(7 * 24 * hour);
  expect((await site.send('wang', 'GET', `/${second.exportId}`)).json.state).toBe('expired');
  expect((await site.send('wang', 'DELETE', `/${second.exportId}`)).json.code).toBe('export-moved');
});

test('whoever asked withdraws it, approved or not; nobody else does', async () => {
  const site = await openSite();
  for (const isApproved of [false, true]) {
    const { exportId } = await site.ask();
    if (isApproved) await site.approve('li', exportId);
    expect((await site.send('zhao', 'DELETE', `/${exportId}`)).json.code).toBe('export-unknown');
    expect((await site.send('wang', 'DELETE', `/${exportId}`)).json.state).toBe('withdrawn');
    expect((await site.approve('li', exportId)).json.code).toBe('export-moved');
  }
});

test('the register shows one’s own, and to whoever may approve all of the ground, newest first', async () => {
  const site = await openSite();
  const own = await site.ask('wang');
  await site.clock.advance(1000);
  const other = await site.ask('qian');
  await site.clock.advance(1000);
  const third = await site.ask('zhao', { alertIds: [nextDoor.alertId] });
  await site.approve('li', third.exportId);
  const list = async (user: string, query = '') =>
    (await site.send(user, 'GET', query)).json.items.map(({ exportId }: { exportId: string }) => exportId);

  expect(await list('li')).toEqual([third.exportId, other.exportId, own.exportId]);
  expect(await list('wang')).toEqual([own.exportId]);
  expect(await list('sun')).toEqual([third.exportId]);
  expect(await list('li', '?state=asked')).toEqual([other.exportId, own.exportId]);
  expect(await list('li', `?place=${village}`)).toEqual([other.exportId, own.exportId]);
  expect((await site.send('wang', 'GET', `/${other.exportId}`)).status).toBe(404);
  const first = (await site.send('li', 'GET', '?limit=2')).json;
  expect(await list('li', `?limit=2&cursor=${first.nextCursor}`)).toEqual([own.exportId]);
});

test('the audit log has every step with its reason, before it is taken', async () => {
  const site = await openSite();
  const { exportId } = await site.ask();
  await site.approve('li', exportId, '已经核对派出所调取函');
  await site.send('wang', 'DELETE', `/${exportId}`);

  const same = { target: `exports/${exportId}`, place: village };
  expect(site.deeds()).toMatchObject([
    { ...same, who: 'wang', what: 'exportAsked', why: reason },
    { ...same, who: 'li', what: 'exportApproved', why: '已经核对派出所调取函', to: 'approved' },
    { ...same, who: 'wang', what: 'exportWithdrawn', to: 'withdrawn' },
  ]);
});

test('hard examples are false alarms with labels, for training', async () => {
  const site = await openSite();
  const examples = { kind: 'hardExamples', format: 'yolo', purpose: 'training' };
  expect((await site.ask('wang', { ...examples, purpose: 'disposalReview' })).code).toBe('export-unfit');
  expect((await site.ask('wang', { kind: 'hardExamples', purpose: 'training' })).code).toBe('export-unfit');
  expect((await site.ask('wang', { format: 'coco' })).code).toBe('export-unfit');
  expect((await site.ask('wang', examples)).code).toBe('export-unfit');

  const step = { type: 'transition', by: 'wang' } as const;
  const steps = [
    laterEvent(here, { ...step, to: 'falseAlarm', reason: 'animal' }),
    laterEvent(here, { ...step, to: 'reviewed' }),
  ];
  await site.history.writeAlertEvents(steps.map((event) => site.bus.push('ALERTS', event)));
  expect(await site.ask('wang', examples)).toMatchObject({ state: 'asked', format: 'yolo' });
});

test('ten of one person wait at most, and fifty a day are asked for', async () => {
  const site = await openSite();
  for (let n = 0; n < 50; n++) {
    const { exportId } = await site.ask();
    if (n === 9) expect((await site.ask()).code).toBe('exports-full');
    if (n >= 9) await site.send('wang', 'DELETE', `/${exportId}`);
  }
  expect(await site.ask()).toMatchObject({ code: 'exports-full', message: expect.stringContaining('50') });
  expect((await site.ask('qian')).state).toBe('asked');
});

test('without the bus nothing is asked for or answered', async () => {
  const site = await openSite();
  const { exportId } = await site.ask();
  site.exportStore.isAway = true;

  expect((await site.ask()).code).toBe('bus-unavailable');
  expect(await site.approve('li', exportId)).toMatchObject({ status: 503 });
});

const seed = Math.floor(Math.random() * 2 ** 31);
test(`whatever is wrong in a body is refused, and never a defect (seed ${seed})`, async () => {
  const random = randomFrom(seed);
  const odd = [
    null,
    0,
    -1,
    '',
    ' '.repeat(20),
    'x'.repeat(501),
    [],
    {},
    true,
    '__proto__',
    [here.alertId, here.alertId],
  ];
  const pick = <Item>(items: readonly Item[]): Item | undefined => items[Math.floor(random() * items.length)];
  const site = await openSite();
  const { exportId } = await site.ask();
  for (let n = 0; n < 150; n++) {
    const key = pick([
      'kind',
      'format',
      'purpose',
      'reason',
      'alertIds',
      'state',
      'steps',
      'by',
      '__proto__',
    ]);
    const asked = await site.send('qian', 'POST', '', { ...asking, [key ?? 'kind']: pick(odd) });
    expect([400, 404], JSON.stringify(asked.json)).toContain(asked.status);
    const said = { [pick(['approve', 'why', 'by', 'to']) ?? 'why']: pick(odd.filter((one) => one !== true)) };
    expect((await site.send('li', 'POST', `/${exportId}/approval`, said)).status, JSON.stringify(said)).toBe(
      400,
    );
  }
  expect(site.exportStore.entries.get(exportId)?.exported.steps).toEqual([]);
});
