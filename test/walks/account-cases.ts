import { type CaseFacts, type RouteCases, revisionOf } from './route-case.ts';

const users = '/api/v1/users';
const keys = '/api/v1/keys';
const session = '/api/v1/session';
const user = ({ town }: CaseFacts): string => `${town.tag}-li`;
const key = ({ town }: CaseFacts): string => `${town.tag}-key`;
const seen = (facts: CaseFacts) => ({ 'if-match': revisionOf(facts.world, `users.${user(facts)}`) });
const isNameless = true;

/** Users, keys and sessions. */
export const accountCases: RouteCases = {
  [`GET ${users}`]: { asks: () => [{ url: users }] },
  [`POST ${users}`]: {
    status: 201,
    asks: ({ town, own }) => [
      { url: users, payload: { id: 'newcomer', ground: town.code, roles: ['operator'] } },
      { url: users, payload: { id: `${town.tag}-li`, ground: own.code, roles: ['operator'] } },
    ],
  },
  [`GET ${users}/:id`]: { asks: (facts) => [{ url: `${users}/${user(facts)}` }] },
  [`PUT ${users}/:id`]: {
    asks: (facts) =>
      [facts.town.village, facts.own.village].map((ground) => ({
        ...{ url: `${users}/${user(facts)}`, headers: seen(facts), payload: { ground, roles: ['operator'] } },
      })),
  },
  [`POST ${users}/:id/secret`]: {
    isNameless,
    asks: (facts) => [{ url: `${users}/${user(facts)}/secret`, headers: seen(facts), payload: {} }],
  },
  [`DELETE ${users}/:id`]: {
    ...{ status: 204, isNameless },
    asks: (facts) => [{ url: `${users}/${user(facts)}`, headers: seen(facts) }],
  },
  [`GET ${keys}`]: { asks: () => [{ url: keys }] },
  [`POST ${keys}`]: {
    status: 201,
    asks: ({ town, own, world }) => {
      const facts = { roles: ['operator'], expires: world.clock.now() + 86_400_000 };
      return [
        { url: keys, payload: { id: 'new-key', ground: town.code, ...facts } },
        { url: keys, payload: { id: `${town.tag}-key`, ground: own.code, ...facts } },
      ];
    },
  },
  [`DELETE ${keys}/:id`]: {
    ...{ status: 204, isNameless },
    asks: (facts) => [
      {
        url: `${keys}/${key(facts)}`,
        headers: { 'if-match': revisionOf(facts.world, `keys.${key(facts)}`) },
      },
    ],
  },
  [`POST ${session}`]: {
    owner: 'nobody',
    asks: ({ town }) => [{ url: session, payload: { user: `${town.tag}-li`, secret: 'not theirs' } }],
  },
  [`GET ${session}`]: { asks: () => [{ url: session }] },
  [`DELETE ${session}`]: {
    owner: 'nobody',
    asks: ({ town }) => [{ url: session, headers: { cookie: `xueliang_session=${town.tag}` } }],
  },
  [`POST ${session}/secret`]: {
    owner: 'nobody',
    asks: ({ town }) => [
      {
        url: `${session}/secret`,
        payload: { secret: `not that of ${town.tag}-li`, newSecret: 'not theirs either' },
      },
    ],
  },
};
