import type { LightMyRequestResponse } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { basic } from '../fixtures/api/test-api.ts';
import { accountCases } from './account-cases.ts';
import { type Operation, operationsOf } from './api-document.ts';
import { failures, roleUsers, send, streamed, usualAsk } from './failures.ts';
import { county, openWorld, victim, type World } from './open-world.ts';
import { routeCases } from './route-cases.ts';

const users = [
  { id: 'own', ground: victim.code },
  { id: 'chief', ground: county },
  { id: 'locked', ground: victim.code },
  { id: 'fresh', ground: victim.code },
  ...roleUsers,
];
let world: World;
/** For the table of tests: the routes' schemas alone are looked at. */
const described = await openWorld({ users });
/** Users, keys and sessions: their errors are produced beside their routes, where accounts come and go. */
const operations = operationsOf(described).filter(({ route }) => !Object.hasOwn(accountCases, route));
await described.close();

beforeAll(async () => {
  world = await openWorld({ users });
  for (let times = 0; times < 5; times++)
    await world.app.inject({
      url: '/api/v1/health',
      headers: basic('locked', 'wrong'),
      remoteAddress: '10.9.9.9',
    });
  for (let times = 0; times < 30; times++)
    await world.app.inject({ url: `/api/v1/answers/none-${times}`, remoteAddress: '10.9.9.8' });
});
afterAll(() => world.close());

const check = ({ problemOf, statuses }: Operation, answer: LightMyRequestResponse): void => {
  const { statusCode, body, headers } = answer;
  expect(statuses, body).toContain(statusCode);
  expect(problemOf(statusCode, String(headers['content-type']), body)).toBeUndefined();
};

/** But the stream, which goes on. */
const answering = operations
  .filter(({ route }) => route !== streamed)
  .map((operation) => [operation.route, operation] as const);
const errors = operations.flatMap((operation) =>
  operation.statuses
    .filter((status) => status !== 200 && status !== routeCases[operation.route]?.status)
    .map((status) => [operation.route, status, operation] as const),
);

test.each(errors)('%s answers %i as it is described', async (route, status, operation) => {
  const produce = failures.get(status);
  if (!produce) throw new TypeError(`nothing produces ${status}`);
  const answer = await produce({ world, route });

  expect(answer.statusCode, answer.body).toBe(status);
  check(operation, answer);
});

test.each(answering)('%s answers what is described', async (route, operation) => {
  const answer = await send({ world, route }, usualAsk({ world, route }));

  expect(answer.statusCode, answer.body).toBe(routeCases[route]?.status ?? 200);
  check(operation, answer);
});

describe('whatever is the matter, an answer is one of those described', () => {
  test.each(answering)('%s', async (route, operation) => {
    const ask = () => send({ world, route }, usualAsk({ world, route }));
    check(operation, await world.whileDown(ask));
    for (const code of ['history-unavailable', 'history-timeout', 'history-full'] as const)
      check(operation, await world.whileHistoryFails(code, ask));
  });
});
