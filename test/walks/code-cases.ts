import { fastify } from 'fastify';
import { openReconciliation } from '../../api/reconciliation/open-reconciliation.ts';
import { addConsoleRoutes } from '../../api/routes/console-routes.ts';
import type { ApiServer } from '../../api/routes/route-deps.ts';
import { busError } from '../../core/bus/errors.ts';
import { alertIdAt, laterEvent, raisedAlert, raisedEvent, startAt } from '../fixtures/api/alert-events.ts';
import { ScriptedBus } from '../fixtures/api/scripted-bus.ts';
import { ScriptedExports } from '../fixtures/api/scripted-exports.ts';
import { signedInPage } from '../fixtures/api/signed-in-page.ts';
import { testApi, testHash } from '../fixtures/api/test-api.ts';
import { alertId, api, ask, asks, away, chunk, crowd, held, type Refuse, type Refused } from './code-asks.ts';
import { waiting } from './export-cases.ts';
import { asker, keyOf, signInAs, victim, type World } from './open-world.ts';

const roles = ['operator'];
const wanted = {
  ...{ kind: 'alerts', purpose: 'disposalReview', reason: 'looked at again', alertIds: [alertId] },
};

let serial = 8000;
/** The snapshot of an alert of which this is all that happened. */
const snapshotOf = async ({ bus, history, ...world }: World, event?: 'mediaMissing'): Promise<Refused> => {
  const alert = raisedAlert({
    ...{ alertId: alertIdAt(startAt, serial++), cameraId: 'canary-gate', place: victim.village },
  });
  const missing = laterEvent(alert, { type: 'mediaMissing', medium: 'snapshot', reason: 'no frame' });
  const events = event === undefined ? [raisedEvent(alert)] : [raisedEvent(alert), missing];
  await history.writeAlertEvents(events.map((one) => bus.push('ALERTS', one)));
  return (await ask({ bus, history, ...world }, 'GET', `/alerts/${alert.alertId}/snapshot`)) as Refused;
};

/** How each is to be had that no walk meets by itself. */
export const codeCases: Readonly<Record<string, Refuse>> = {
  'cursor-invalid': asks('GET', '/alerts?cursor=none'),
  'secret-weak': asks('POST', '/users', { id: 'weak', ground: victim.code, roles, secret: 'admin1234567' }),
  'link-invalid': asks('GET', `/alerts/${alertId}/snapshot?sig=none`, undefined, { authorization: '' }),
  'csrf-wrong': async ({ app }) => {
    const page = await signedInPage(app, 'own');
    return page.ask('POST', `${api}/handovers`, { text: 'x' }, { 'x-csrf-token': 'another' });
  },
  'ground-forbidden': asks('POST', '/users', { id: 'far', ground: asker.code, roles }),
  'route-unknown': asks('GET', '/nothing'),
  'console-unbuilt': async () => {
    const app = fastify();
    addConsoleRoutes(app as unknown as ApiServer, '');
    return app.inject('/');
  },
  'open-alerts-behind': async () => {
    const bus = new ScriptedBus();
    const { app } = testApi({ bus: Object.assign(bus, { follow: away }) });
    const answer = await app.inject(`${api}/alerts/open`);
    await app.close();
    return answer;
  },
  'exports-behind': async () => {
    const { app } = testApi({ exportStore: Object.assign(new ScriptedExports(), { isAway: true }) });
    const answer = await app.inject(`${api}/exports`);
    await app.close();
    return answer;
  },
  'export-unfit': asks('POST', '/exports', {
    ...{
      kind: 'alerts',
      purpose: 'training',
      format: 'yolo',
      reason: 'looked at again',
      alertIds: [alertId],
    },
  }),
  'export-own': async (world) => {
    const { exportId } = waiting(world, victim, 'own');
    return (await ask(world, 'POST', `/exports/${exportId}/approval`, { approve: true })) as Refused;
  },
  'export-impersonal': asks('POST', '/exports', wanted, {
    authorization: `Bearer ${keyOf(victim.tag).shown}`,
  }),
  'exports-busy': (world) => {
    const { exportStore } = world;
    const { until, go } = held();
    const create = exportStore.create.bind(exportStore);
    exportStore.create = (exported) => until.then(() => create(exported));
    return crowd(
      40,
      () => ask(world, 'POST', '/exports', wanted, signInAs('chief')) as Promise<Refused>,
      go,
    ).finally(() => {
      exportStore.create = create;
    });
  },
  'recording-unknown': asks('POST', '/loudspeakers/canary-horn/commands', { recording: 'none' }),
  'loudspeaker-unheard': async (world) => {
    const { bus } = world;
    const before = bus.commandLoudspeaker;
    bus.commandLoudspeaker = async () => undefined;
    const command = { recording: 'canary-leave' };
    return (ask(world, 'POST', '/loudspeakers/canary-horn/commands', command) as Promise<Refused>).finally(
      () => (bus.commandLoudspeaker = before),
    );
  },
  'import-unreadable': asks('POST', '/settings/cameras/import', 'nothing,odd\n1,2' as never, {
    'content-type': 'text/csv',
  }),
  'import-halted': async (world) => {
    const { store } = world;
    const put = store.put.bind(store);
    let writes = 0;
    store.put = (key, value, revision) => (++writes === 1 ? put(key, value, revision) : away());
    const file = 'id,name\ncanary-gate,改名\nsparrow-gate,改名' as never;
    const headers = { ...signInAs('chief'), 'content-type': 'text/csv' };
    return (ask(world, 'POST', '/settings/cameras/import', file, headers) as Promise<Refused>).finally(
      () => (store.put = put),
    );
  },
  'alert-busy': (world) => {
    const { bus } = world;
    const before = bus.appendAlertEventAfter;
    bus.appendAlertEventAfter = async () => {
      throw busError('bus-conflict', 'somebody else was there first');
    };
    return (ask(world, 'POST', `/alerts/${alertId}/comments`, { text: 'seen' }) as Promise<Refused>).finally(
      () => (bus.appendAlertEventAfter = before),
    );
  },
  'responder-unknown': asks('POST', `/alerts/${alertId}/steps`, { to: 'dispatched', responder: 'nobody' }),
  'responder-elsewhere': asks(
    'POST',
    `/alerts/${alertId}/steps`,
    { to: 'dispatched', responder: 'sparrow-patrol' },
    signInAs('chief'),
  ),
  'upload-busy': async (world) => {
    const both = await Promise.all([chunk(world, 'twice', 'abcd', 8), chunk(world, 'twice', 'abcd', 8)]);
    return both.find(({ statusCode }) => statusCode >= 400) ?? {};
  },
  'pictures-full': async (world) => {
    for (let index = 0; index < 4; index++) await chunk(world, `whole-${index}`, `pic${index}`);
    return chunk(world, 'fifth', 'pic5');
  },
  'uploads-full': async (world) => {
    const size = 8;
    for (let index = 0; index < 64; index++) await chunk(world, `part-${index}`, 'abcd', size, 'before');
    return chunk(world, 'one-more', 'abcd', size, 'before');
  },
  'picture-unknown': asks('GET', `/alerts/${victim.alertIds[2]}/pictures/9`),
  'origin-forbidden': asks(
    'POST',
    '/handovers',
    { text: 'x' },
    { origin: 'https://evil.example', host: 'localhost' },
  ),
  'roles-apart': asks('POST', '/users', { id: 'both', ground: victim.code, roles: ['auditor', 'operator'] }),
  'own-account': asks('PUT', '/users/own', { ground: victim.code, roles }, { 'if-match': '"1"' }),
  'accounts-full': async (world) => {
    const { userList } = world.resources;
    const before = userList.length;
    for (let index = 0; userList.length < 10_000; index++)
      userList.push({
        id: `many-${index}`,
        ground: victim.code,
        passwordHash: testHash,
        roles: ['operator'],
      });
    const answer = await ask(world, 'POST', '/users', { id: 'one-more', ground: victim.code, roles });
    userList.length = before;
    return answer as Refused;
  },
  'accounts-busy': (world) => {
    const { store } = world;
    const put = store.put.bind(store);
    const { until, go } = held();
    store.put = (key, value, revision) => until.then(() => put(key, value, revision));
    const body = { ground: victim.code, roles };
    const headers = { ...signInAs('own'), 'if-match': `"${store.entries.get('users.canary-li')?.revision}"` };
    return crowd(
      40,
      () => ask(world, 'PUT', '/users/canary-li', body, headers) as Promise<Refused>,
      go,
    ).finally(() => (store.put = put));
  },
  'reconciliation-span': async ({ bus, clock, history, log, metrics }) => {
    const reconciler = openReconciliation({ bus, clock, history, log, metrics } as never);
    const refused = await reconciler.run({ from: 1, to: 0 }).catch((error: unknown) => error);
    await reconciler.close();
    return refused as Refused;
  },
  'evidence-pending': (world) => snapshotOf(world),
  'evidence-missing': (world) => snapshotOf(world, 'mediaMissing'),
};

/** What takes a port, a process, a file, a thousand listeners or no request at all, with the test that produces it. */
export const producedElsewhere: Readonly<Record<string, string>> = {
  'hash-weak': 'api/auth/password-hash.test.ts',
  'export-not-ready': 'api/routes/archive-routes.test.ts',
  'archive-full': 'api/exports/archive/write-archive.test.ts',
  'archive-late': 'api/exports/archive/forked-maker.integration.test.ts',
  'archive-ended': 'api/exports/archive/forked-maker.integration.test.ts',
  'layouts-busy': 'api/routes/layout-routes.test.ts',
  'streams-exhausted': 'api/live/alert-hub.test.ts',
  'api-port-taken': 'api/open-api.integration.test.ts',
  'api-address-unusable': 'api/open-api.integration.test.ts',
};
