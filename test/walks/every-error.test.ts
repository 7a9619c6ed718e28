import { readFile, writeFile } from 'node:fs/promises';
import type { LightMyRequestResponse } from 'fastify';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { apiError } from '../../api/errors.ts';
import type { StoredResource } from '../../core/bus/site-store.ts';
import { basic } from '../fixtures/api/test-api.ts';
import { accountFailures, ownStatuses, sendOwn } from './account-failures.ts';
import { type Operation, operationsOf, sharedStatusesOf } from './api-document.ts';
import { codeCases, producedElsewhere } from './code-cases.ts';
import { failures, roleUsers, streamed } from './failures.ts';
import { county, openWorld, victim, type World } from './open-world.ts';
import { failInside, rawAsk, sendRaw, sendSlowly } from './raw-requests.ts';
import { routeCases } from './route-cases.ts';
import { shownExamples } from './shown-examples.ts';

const users = [
  { id: 'own', ground: victim.code },
  { id: 'chief', ground: county },
  { id: 'locked', ground: victim.code },
  { id: 'fresh', ground: victim.code },
  ...roleUsers,
];
/** A new secret is hashed each time, which takes its while on a busy machine. */
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });
/** `npm run examples` writes it. */
const examplesFile = new URL('../../api/openapi/examples.json', import.meta.url);
let world: World;
/** For the table of tests: the routes' schemas alone are looked at. */
const described = await openWorld({ users });
const operations = operationsOf(described);
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
const isWriting = process.env['XUELIANG_WRITE_EXAMPLES'] !== undefined;
afterAll(async () => {
  const noted = world.noted.examplesOf(operations.map(({ route }) => route));
  if (isWriting) await writeFile(examplesFile, `${JSON.stringify(shownExamples(noted), null, 2)}\n`);
  await world.close();
});

/** Accounts come and go: each test finds them all. */
let accounts: [string, StoredResource][];
beforeAll(() => {
  accounts = [...world.store.entries];
});
beforeEach(() => {
  world.store.entries.clear();
  for (const [key, entry] of accounts) world.store.entries.set(key, entry);
});

/** The codes of all that was refused. */
const produced = new Set<string>();
const noteCode = (body: string): void => {
  const code = /^\{"code":"([a-z-]+)"/.exec(body)?.[1];
  if (code !== undefined) produced.add(code);
};

const check = ({ problemOf, statuses }: Operation, answer: LightMyRequestResponse): void => {
  const { statusCode, body, headers } = answer;
  noteCode(body);
  expect(statuses, body).toContain(statusCode);
  expect(problemOf(statusCode, String(headers['content-type']), body)).toBeUndefined();
};

/** But the stream, which goes on. */
const answering = operations
  .filter(({ route }) => route !== streamed)
  .map((operation) => [operation.route, operation] as const);
const errors = operations.flatMap((operation) =>
  operation.statuses
    .filter((status) => status === 206 || status >= 300)
    .map((status) => [operation.route, status, operation] as const),
);

test.each(errors)('%s answers %i as it is described', async (route, status, operation) => {
  const produce = accountFailures.get(`${route} ${status}`) ?? failures.get(status);
  if (!produce) throw new TypeError(`nothing produces ${status}`);
  const answer = await produce({ world, route });

  expect(answer.statusCode, answer.body).toBe(status);
  check(operation, answer);
});

test.each(answering)('%s answers what is described', async (route, operation) => {
  const answer = await sendOwn({ world, route });

  expect(answer.statusCode, answer.body).toBe(ownStatuses.get(route) ?? routeCases[route]?.status ?? 200);
  check(operation, answer);
});

describe('whatever is the matter, an answer is one of those described', () => {
  test.each(answering)('%s', async (route, operation) => {
    const ask = () => sendOwn({ world, route });
    check(operation, await world.whileDown(ask));
    for (const code of ['history-unavailable', 'history-timeout', 'history-full'] as const)
      check(operation, await world.whileHistoryFails(code, ask));
  });
});

/** A server that listens: what is no request, or too late, never gets as far as a route. */
describe('what every address answers is described once, and', () => {
  const statuses = new Map<number, () => Promise<string>>([
    [408, () => sendSlowly('GET /api/v1/health HTTP/1.1\r\nHost: localhost\r\n')],
    [417, () => sendRaw(world.app.server, rawAsk('Expect: miracles'))],
    [431, () => sendRaw(world.app.server, rawAsk(`X-Odd: ${'x'.repeat(20_000)}`))],
    [500, () => failInside(world)],
  ]);
  beforeAll(async () => {
    await world.app.listen({ host: '127.0.0.1', port: 0 });
  });

  test('none of them is forgotten here', () => {
    const perRoute = [413, 414, 415];
    expect(sharedStatusesOf(world)).toEqual([...statuses.keys(), ...perRoute].sort());
  });

  test.each([...statuses])('%i is answered with a code', async (status, produce) => {
    const [head = '', body = ''] = (await produce()).split('\r\n\r\n');

    expect(head).toContain(`HTTP/1.1 ${status} `);
    expect(JSON.parse(body)).toEqual({
      ...{ code: expect.any(String), message: expect.any(String), kind: expect.any(String) },
      requestId: expect.stringMatching(/^r-/),
    });
  });

  test('what is no HTTP is answered 400', async () => {
    expect(await sendRaw(world.app.server, 'odd\r\n\r\n')).toMatch(/^HTTP\/1.1 400 .*"request-invalid"/s);
  });
});

/** Last: the walks above have met most of them by then. */
describe('every code of the API is produced', () => {
  test.each(Object.entries(codeCases))('%s', async (code, produce) => {
    const refused = await produce(world);

    expect('json' in refused ? refused.json().code : refused.code).toBe(code);
    produced.add(code);
  });

  test.each(Object.entries(producedElsewhere))('%s, by the test that is named', async (code, file) => {
    expect(await readFile(file, 'utf8')).toContain(`'${code}'`);
    produced.add(code);
  });

  test('none is left', () => {
    expect(apiError.codes.filter((code) => !produced.has(code))).toEqual([]);
  });
});

/** Last, too: what was asked and answered above is what the description shows. */
describe('the examples of the description', () => {
  test.skipIf(isWriting).each(operations.map((operation) => [operation.route, operation] as const))(
    'of %s are there, are as it is described, and name every code that it refuses with',
    (route, { examples, statuses }) => {
      expect(examples.problems).toEqual([]);
      for (const status of statuses.filter((one) => one >= 400))
        expect(examples.codesOf(status), `${route} ${status}`).toEqual(world.noted.codesOf(route, status));
    },
  );
});
