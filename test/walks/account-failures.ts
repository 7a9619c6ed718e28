import { signedInPage } from '../fixtures/api/signed-in-page.ts';
import { testSecret } from '../fixtures/api/test-api.ts';
import { type Asking, type Produce, send, usualAsk, writtenMeanwhile } from './failures.ts';
import { keyOf, victim, type World } from './open-world.ts';
import { type Ask, revisionOf } from './route-case.ts';

const session = '/api/v1/session';
const administrator = 'only-securityadministrator';

/** What whoever has an account of their own asks; elsewhere it is asked with others' names. */
const ownAsks: Readonly<Record<string, (world: World) => Ask | Promise<Ask>>> = {
  [`POST ${session}`]: () => ({ url: session, payload: { user: 'own', secret: testSecret } }),
  [`DELETE ${session}`]: async ({ app }) => ({
    url: session,
    headers: (await signedInPage(app, 'own')).headers,
  }),
  [`POST ${session}/secret`]: () => ({
    url: `${session}/secret`,
    payload: { secret: testSecret, newSecret: 'forty seven green ducks' },
  }),
};

export const ownStatuses: ReadonlyMap<string, number> = new Map([
  [`DELETE ${session}`, 204],
  [`POST ${session}/secret`, 204],
]);

/** As `usualAsk`, of one's own account too. */
export const ownAsk = async (asking: Asking): Promise<Ask> =>
  (await ownAsks[asking.route]?.(asking.world)) ?? usualAsk(asking);

const isNameless = new Set([`POST ${session}`, `DELETE ${session}`]);

/** Nobody is named where a session begins or ends. */
export const sendOwn = async (asking: Asking) =>
  send(asking, await ownAsk(asking), isNameless.has(asking.route) ? {} : undefined);

/** An account that is there already. */
const taken: Produce = (asking) => {
  const { url, payload } = usualAsk(asking);
  const id = `${victim.tag}-${url.endsWith('keys') ? 'key' : 'li'}`;
  return send(asking, { url, payload: { ...(payload as object), id } });
};

/** The others who could give rights have gone meanwhile. */
const lastAdministrator: Produce = (asking) => {
  const { store } = asking.world;
  for (const key of [...store.entries.keys()])
    if (key.startsWith('users.') && key !== `users.${administrator}`) store.entries.delete(key);
  const headers = { 'if-match': revisionOf(asking.world, `users.${administrator}`) };
  const ask = usualAsk(asking);
  const url = `/api/v1/users/${administrator}`;
  return send(asking, { ...ask, url, headers });
};

/** It is changed between being looked at and being removed. */
const removedMeanwhile: Produce = (asking) => {
  const { store } = asking.world;
  const remove = store.remove.bind(store);
  store.remove = async (key, revision) => {
    store.remove = remove;
    await store.put(key, store.entries.get(key)?.value, revision);
    return remove(key, revision);
  };
  return send(asking, usualAsk(asking));
};

/** By route and status, where accounts fail otherwise than all else. */
export const accountFailures: ReadonlyMap<string, Produce> = new Map([
  [`POST ${session} 401`, (asking) => send(asking, usualAsk(asking), {})],
  [
    `POST ${session} 429`,
    (asking) => {
      const payload = { user: 'locked', secret: testSecret };
      return send(asking, { url: session, payload }, {}, { remoteAddress: '10.9.9.9' });
    },
  ],
  [
    `POST ${session} 503`,
    ({ world, route }) => {
      const payload = { user: 'fresh', secret: 'never right' };
      return world.whileBusy(() => send({ world, route }, { url: session, payload }, {}));
    },
  ],
  [
    `DELETE ${session} 403`,
    async (asking) => {
      const { cookie = '' } = (await signedInPage(asking.world.app, 'own')).headers;
      return send(asking, { url: session, headers: { cookie } }, {});
    },
  ],
  [
    `DELETE ${session} 503`,
    async (asking) => {
      const ask = await ownAsk(asking);
      return asking.world.whileDown(() => send(asking, ask, {}));
    },
  ],
  [
    `POST ${session}/secret 404`,
    async (asking) =>
      send(asking, await ownAsk(asking), { authorization: `Bearer ${keyOf(victim.tag).shown}` }),
  ],
  [
    `POST ${session}/secret 412`,
    async (asking) => {
      writtenMeanwhile(asking.world);
      return sendOwn(asking);
    },
  ],
  ['POST /api/v1/users 409', taken],
  ['POST /api/v1/keys 409', taken],
  ['PUT /api/v1/users/:id 409', lastAdministrator],
  ['DELETE /api/v1/users/:id 409', lastAdministrator],
  ['DELETE /api/v1/keys/:id 412', removedMeanwhile],
]);
