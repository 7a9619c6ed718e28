import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { InjectOptions } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signedInPage } from '../fixtures/api/signed-in-page.ts';
import { asker, county, keyOf, openWorld, signInAs, victim, type World } from './open-world.ts';
import { type Ask, methodOf } from './route-case.ts';
import { routeCases } from './route-cases.ts';
import { streamRoutes } from './stream-routes.ts';
import { textsOf } from './township.ts';

const users = [
  { id: 'stranger', ground: asker.code },
  { id: 'villager', ground: asker.village },
  { id: 'own', ground: victim.code },
  { id: 'chief', ground: county },
];
let world: World;
/** What goes with each request of a page that somebody has signed in with. */
let page: Record<string, string>;
/** All that was answered to anybody. */
const bodies: string[] = [];
let canaries: string[];
/** Examples in the description that happen to be the township's. */
let examples: string;

beforeAll(async () => {
  world = await openWorld({ users });
  page = (await signedInPage(world.app, 'stranger')).headers;
  const shared = new Set(textsOf(asker));
  canaries = [...new Set(textsOf(victim))].filter((text) => !shared.has(text));
  examples = JSON.stringify(world.app.swagger());
});
afterAll(() => world.close());

/** How those come who have all rights of another ground. */
const strangers: [string, () => Record<string, string>][] = [
  ['a user of another township', () => signInAs('stranger')],
  ['a user of a village there', () => signInAs('villager')],
  ['a key of another township', () => ({ authorization: `Bearer ${keyOf(asker.tag).shown}` })],
  ['a page of another township', () => page],
];

const ask = async (route: string, { url, payload, headers }: Ask, signedIn: Record<string, string>) => {
  const options = { method: methodOf(route), url, headers: joined(signedIn, headers) } as InjectOptions;
  const answer = await world.app.inject(
    payload === undefined ? options : { ...options, payload: payload as object },
  );
  bodies.push(`${route} ${answer.body}`);
  return answer;
};

/** The cookies of both. */
const joined = (
  signedIn: Record<string, string>,
  headers: Record<string, string> = {},
): Record<string, string> => {
  const cookie = [signedIn['cookie'], headers['cookie']].filter((one) => one !== undefined).join('; ');
  return { ...signedIn, ...headers, ...(cookie === '' ? {} : { cookie }) };
};

/** All that can be changed, a line each. */
const state = (): string[] => {
  const { bus, store, exportStore, answers, feeds, pictures, commands, folder } = world;
  const uploads = path.join(folder, 'uploads');
  const streams = (['ALERTS', 'HANDOVERS', 'AUDIT'] as const).flatMap((name) =>
    bus.stored(name).map(({ value }) => value),
  );
  const isOwnRefusal = (value: object): boolean =>
    'entry' in value &&
    ['signedIn', 'signInRefused', 'rightRefused', 'answerLinkSeen'].includes(
      (value.entry as { what: string }).what,
    );
  return [
    ...streams.filter((value) => !isOwnRefusal(value)),
    ...[
      ...store.entries,
      ...answers.entries,
      ...exportStore.entries,
      ...feeds.letters,
      ...answers.calls,
      ...commands,
    ],
    ...pictures.kept.map(String),
    ...(existsSync(uploads) ? readdirSync(uploads) : []),
  ].map((one) => JSON.stringify(one));
};

/** What of the other ground is in a text that the asker has not said themselves. */
const leaksIn = (text: string, said = ''): string[] =>
  canaries.filter((one) => text.includes(one) && !said.includes(one));

const saidIn = ({ url, payload }: Ask): string =>
  decodeURIComponent(url) + (typeof payload === 'string' ? payload : JSON.stringify(payload ?? ''));

test('every route has a case', () => {
  const known = new Set([...Object.keys(routeCases), ...streamRoutes]);
  const there = world.routes.map(({ method, url }) => `${method} ${url}`);

  expect(there.filter((route) => !known.has(route))).toEqual([]);
  expect([...known].filter((route) => !there.includes(route))).toEqual([]);
});

test('every name, id, text and hash of the other ground would be noticed', () => {
  expect(canaries.length).toBeGreaterThan(60);
  expect(canaries).toEqual(
    expect.arrayContaining([
      victim.village,
      victim.picture.sha256,
      '金丝雀有人说',
      victim.code,
      ...victim.alertIds,
    ]),
  );
});

describe.each(Object.entries(routeCases))('%s', (route, facts) => {
  const { asks, owner, status = 200, isNameless = false, mayEcho = false } = facts;
  const allowed = (one: Ask, answered: number): string => {
    if (owner === 'nobody') return examples;
    return answered < 400 && !mayEcho ? '' : saidIn(one);
  };

  test.each(strangers)('gives %s nothing and lets them change nothing', async (_, signIn) => {
    for (const one of asks({ world, town: victim, own: asker })) {
      const before = state();
      world.history.grounds.length = 0;
      const answer = await ask(route, one, signIn());
      const told = `${answer.body} ${JSON.stringify(answer.headers)}`;
      const why = `${JSON.stringify(one)} → ${answer.statusCode} ${answer.body}`;

      expect(answer.statusCode, why).not.toBe(500);
      expect(leaksIn(told, allowed(one, answer.statusCode)), why).toEqual([]);
      expect(
        world.history.grounds.filter((ground) => !ground.startsWith(asker.code)),
        why,
      ).toEqual([]);
      const after = state();
      expect(
        before.filter((line) => !after.includes(line)),
        why,
      ).toEqual([]);
      expect(
        after.filter((line) => !before.includes(line)).flatMap((line) => leaksIn(line)),
        why,
      ).toEqual([]);
    }
  });

  test.runIf(owner !== 'nobody')('answers whoever owns it', async () => {
    const [first] = asks({ world, town: victim, own: victim });
    if (!first) throw new TypeError('no ask');
    const answer = await ask(route, first, signInAs(owner === 'site' ? 'chief' : 'own'));

    expect(answer.statusCode, answer.body).toBe(status);
    if (!isNameless && owner !== 'site') expect(leaksIn(answer.body), answer.body).not.toEqual([]);
  });
});

test('no answer to anybody tells a secret', () => {
  const kept = [victim, asker].flatMap(({ tag, answer }) => [
    `${tag}-secret/`,
    keyOf(tag).keyHash,
    answer.phone,
  ]);

  expect(bodies.length).toBeGreaterThan(500);
  for (const body of bodies) {
    expect(
      kept.filter((one) => body.includes(one)),
      body,
    ).toEqual([]);
    expect(body).not.toMatch(/scrypt\$|rtsps?:\/\/[^/"\s]*@|passwordHash":"|keyHash":"/);
  }
});
