import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import { rightsOf, userRoles } from '../../core/schema/role.ts';
import { laterEvent, startAt } from '../fixtures/api/alert-events.ts';
import { basic, testSecret } from '../fixtures/api/test-api.ts';
import { stepMeanwhile, waiting } from './export-cases.ts';
import { oneTooMany } from './layout-cases.ts';
import { asker, signInAs, victim, type World } from './open-world.ts';
import { type Ask, methodOf } from './route-case.ts';
import { routeCases } from './route-cases.ts';

export interface Asking {
  world: World;
  route: string;
}
export type Produce = (asking: Asking) => Promise<LightMyRequestResponse>;

/** One who has this role alone is called like it. */
export const roleUsers = userRoles.map((role) => ({
  id: `only-${role.toLowerCase()}`,
  ground: victim.code,
  roles: [role],
}));

/** Its 200 has a walk of its own. */
export const streamed = 'GET /api/v1/alerts/events';
export const isPublic = (route: string): boolean => route.includes('/answers/');

/** The first ask of whoever owns what a route is asked for. */
export const usualAsk = ({ world, route }: Asking, town = victim, own = victim): Ask => {
  if (route === streamed) return { url: '/api/v1/alerts/events' };
  const [first] = routeCases[route]?.asks({ world, town, own }) ?? [];
  if (!first) throw new TypeError(`no case asks ${route}`);
  return first;
};

export const ownerOf = (route: string): string => (routeCases[route]?.owner === 'site' ? 'chief' : 'own');

export const send = (
  { world, route }: Asking,
  { url, payload, headers }: Ask,
  signedIn: Record<string, string> = signInAs(ownerOf(route)),
  more: Partial<InjectOptions> = {},
): Promise<LightMyRequestResponse> => {
  const base = {
    method: methodOf(route),
    url,
    headers: { ...signedIn, ...headers },
    ...more,
  } as InjectOptions;
  return world.app.inject(payload === undefined ? base : { ...base, payload: payload as object });
};

const withHeaders = (ask: Ask, headers: Record<string, string>): Ask => ({
  ...ask,
  headers: { ...ask.headers, ...headers },
});
const withoutHeaders = ({ headers, ...ask }: Ask, ...names: string[]): Ask => ({
  ...ask,
  headers: Object.fromEntries(Object.entries(headers ?? {}).filter(([name]) => !names.includes(name))),
});

/** A parameter that no route knows; where none are described, an id that is none. */
const broken: Produce = (asking) => {
  const ask = usualAsk(asking);
  const isTicket = asking.route.endsWith('/live/tickets');
  const url = isTicket
    ? ask.url.replace('canary-gate', 'Canary_Gate')
    : `${ask.url}${ask.url.includes('?') ? '&' : '?'}odd=1`;
  return send(asking, { ...ask, url });
};

const unnamed: Produce = (asking) => send(asking, usualAsk(asking), {});

/** Whoever has a role that the route takes nothing from; where any will do, a page that pretends to be this machine. */
const forbidden: Produce = async (asking) => {
  const ask = usualAsk(asking);
  if (isPublic(asking.route)) return send(asking, withoutHeaders(ask, 'cookie'));
  const right = asking.world.rights.get(asking.route);
  const role = roleUsers.find(({ roles }) => ![...rightsOf(roles)].some((one) => one === right));
  if (right === 'anyone' || right === 'public' || !role)
    return send(asking, withHeaders(ask, { host: 'evil.example' }));
  return send(asking, ask, signInAs(role.id));
};

/** What lies in another township is not there; what is of nobody is asked for by a name that is none. */
const unknown: Produce = (asking) => {
  const { route } = asking;
  if (route.includes('/schemas/')) return send(asking, { url: '/api/v1/schemas/nothing' });
  if (routeCases[route]?.owner === 'site') {
    const ask = usualAsk(asking);
    const isCalendar = route.includes('/calendars/');
    return isCalendar
      ? send(asking, { ...ask, url: ask.url.replace('/market', '/none') })
      : send(asking, ask, signInAs('own'));
  }
  const ask = usualAsk(asking, asker, victim);
  const token = asker.answer.token;
  return send(asking, { ...ask, url: ask.url.replace(token, 'x'.repeat(43)) });
};

const locked: Produce = async (asking) => {
  const ask = usualAsk(asking);
  if (isPublic(asking.route)) return send(asking, ask, {}, { remoteAddress: '10.9.9.8' });
  return send(asking, ask, basic('locked', testSecret), { remoteAddress: '10.9.9.9' });
};

/** What comes once the gate of `SecretCheck` is held and its line is full. */
const unavailable: Produce = async (asking) => {
  const { world } = asking;
  if (!isPublic(asking.route))
    return world.whileBusy(() => send(asking, usualAsk(asking), basic('fresh', 'never right')));
  return world.whileDown(() => send(asking, usualAsk(asking)));
};

const stale: Produce = (asking) => {
  if (asking.route.endsWith('/import')) {
    writtenMeanwhile(asking.world);
    return send(asking, usualAsk(asking));
  }
  return send(asking, withHeaders(withoutHeaders(usualAsk(asking), 'if-match'), { 'if-match': '"999999"' }));
};

/** What is written next, somebody changes between its being looked at and being written. */
export const writtenMeanwhile = ({ store }: World): void => {
  const put = store.put.bind(store);
  store.put = async (key, value, revision) => {
    store.put = put;
    await put(key, store.entries.get(key)?.value, revision);
    return put(key, value, revision);
  };
};

const unsaid: Produce = (asking) => send(asking, withoutHeaders(usualAsk(asking), 'if-match'));

const late: Produce = ({ world, ...asking }) =>
  world.whileLate(() => send({ world, ...asking }, usualAsk({ world, ...asking })));

const over: Produce = (asking) => {
  if (isPublic(asking.route)) return asking.world.whileExpired(() => send(asking, usualAsk(asking)));
  return asking.world.whileDeleted(() => send(asking, usualAsk(asking)));
};

const conflicting: Produce = (asking) => {
  const { route } = asking;
  const ask = usualAsk(asking);
  if (route.includes('/uploads/')) return send(asking, withHeaders(ask, { 'upload-offset': '3' }));
  if (isPublic(route)) return movedMeanwhile(asking);
  if (route === 'POST /api/v1/exports') return withTooMany(asking);
  if (route.includes('/layouts/')) return send(asking, oneTooMany(asking.world, victim));
  if (route.includes('/exports/')) return answeredMeanwhile(asking, ask);
  return send(asking, { ...ask, payload: { to: 'closed' } });
};

const withdrawn = { to: 'withdrawn', by: 'own', at: startAt } as const;

/** As many of one's own wait as may. */
const withTooMany: Produce = async (asking) => {
  const { world } = asking;
  const own = Array.from({ length: 10 }, () => waiting(world, victim, 'own'));
  const answer = await send(asking, usualAsk(asking));
  for (const { exportId } of own) stepMeanwhile(world, exportId, withdrawn);
  return answer;
};

const answeredMeanwhile = (asking: Asking, ask: Ask) => {
  const exportId = ask.url.split('/')[4] ?? '';
  stepMeanwhile(asking.world, exportId, withdrawn);
  return send(asking, ask);
};

/** Somebody else has said that the responder is there. */
const movedMeanwhile: Produce = (asking) => {
  const { alertId } = asker.answer;
  const raised = asker.events.find((event) => event.alertId === alertId && event.type === 'raised');
  if (raised?.type !== 'raised') throw new TypeError('no alert');
  asking.world.bus.push(
    'ALERTS',
    laterEvent(raised.alert, { type: 'transition', to: 'onScene', by: 'sparrow-li' }),
  );
  return send(asking, usualAsk(asking, asker, asker));
};

/** What is sent is judged by what is said of it, before it is read. */
const oversized: Produce = (asking) => {
  const { payload = {}, ...ask } = usualAsk(asking);
  return send(asking, withHeaders({ ...ask, payload }, { 'content-length': '99999999' }));
};

const overlong: Produce = (asking) =>
  send(asking, { url: (asking.route.split(' ')[1] ?? '').replaceAll(/:\w+/g, 'x'.repeat(101)) });

const untaken: Produce = (asking) =>
  send(asking, withHeaders({ ...usualAsk(asking), payload: 'odd' }, { 'content-type': 'text/odd' }));

const etagged: Produce = async (asking) => {
  const ask = usualAsk(asking);
  const { headers } = await send(asking, ask);
  return send(asking, withHeaders(ask, { 'if-none-match': String(headers.etag) }));
};

export const failures: ReadonlyMap<number, Produce> = new Map([
  [202, (asking) => send(asking, usualAsk(asking))],
  [206, (asking) => send(asking, withHeaders(usualAsk(asking), { range: 'bytes=0-3' }))],
  [304, etagged],
  [400, broken],
  [401, unnamed],
  [403, forbidden],
  [404, unknown],
  [409, conflicting],
  [410, over],
  [412, stale],
  [413, oversized],
  [414, overlong],
  [415, untaken],
  [416, (asking) => send(asking, withHeaders(usualAsk(asking), { range: 'bytes=9999-' }))],
  [428, unsaid],
  [429, locked],
  [503, unavailable],
  [504, late],
]);
