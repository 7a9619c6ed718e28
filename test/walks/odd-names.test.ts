import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSeededRandom, freshSeed } from '../fixtures/inference/seeded-random.ts';
import { county, openWorld, signInAs, type World } from './open-world.ts';
import { methodOf } from './route-case.ts';
import { streamRoutes } from './stream-routes.ts';

let world: World;

beforeAll(async () => {
  world = await openWorld({ users: [{ id: 'chief', ground: county }] });
});
afterAll(() => world.close());

/** Whatever bears an id in its address, but for what streams and what is about nothing of the site. */
const addressed = (): string[] =>
  world.routes
    .map(({ method, url }) => `${method} ${url}`)
    .filter(
      (route) => route.includes('/:') && route.includes('/api/') && !streamRoutes.includes(route as never),
    );

const ask = (route: string, name: string, query = '') => {
  const url = (route.split(' ')[1] ?? '').replaceAll(/:\w+/g, encodeURIComponent(name));
  const headers = { ...signInAs('chief'), 'if-match': '"1"' };
  return world.app.inject({ method: methodOf(route) as never, url: `${url}${query}`, headers });
};

const odd = [
  ...['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf'],
  ...[
    '../../../etc/passwd',
    '..%2f..%2fetc%2fpasswd',
    '/etc/passwd',
    'gate-1/../../x',
    '.',
    '..',
    '\0',
    'a\0.jpg',
  ],
  ...[
    "' OR 1=1 --",
    '1; DROP TABLE alerts',
    '{x:String}',
    '%s',
    '$(reboot)',
    'exec:reboot',
    'echo:x',
    '*',
    '>',
    'a.b.>',
  ],
];

test.each(odd)('the name %j is no id anywhere', async (name) => {
  for (const route of addressed()) {
    const answer = await ask(route, name);

    expect(answer.statusCode, `${route} ${answer.body}`).toBeGreaterThanOrEqual(400);
    expect(answer.statusCode, `${route} ${answer.body}`).toBeLessThan(500);
    expect(answer.body).not.toMatch(/root:|function |\[native/);
  }
  expect(Object.prototype).toEqual({});
});

test('whatever a parameter is, what asks is refused or answered, and nothing breaks', async () => {
  const seed = freshSeed();
  const random = createSeededRandom(seed);
  const names = [
    'place',
    'from',
    'to',
    'cursor',
    'limit',
    'camera',
    'state',
    'severity',
    'kind',
    'who',
    'target',
    'span',
    'sig',
    'by',
    'of',
  ];
  const pick = <T>(all: readonly T[]): T => all[random.whole(0, all.length - 1)] as T;
  const lists = world.routes.filter(
    ({ method, url }) =>
      method === 'GET' && !url.includes(':') && !url.endsWith('/socket') && !url.endsWith('/events'),
  );
  for (let round = 0; round < 300; round++) {
    const { url } = pick(lists);
    const texts = [
      ...odd,
      '-1',
      '1e9',
      '9007199254740993',
      'NaN',
      '[]',
      '',
      '431103',
      String.fromCodePoint(random.whole(1, 0x2fff)),
    ];
    const query = Array.from(
      { length: random.whole(1, 3) },
      () => `${pick(names)}=${encodeURIComponent(pick(texts))}`,
    ).join('&');
    const answer = await world.app.inject({ url: `${url}?${query}`, headers: signInAs('chief') });

    expect(
      answer.statusCode === 503 ? answer.json().code : answer.statusCode,
      `seed ${seed}: ${url}?${query} ${answer.body.slice(0, 200)}`,
    ).not.toBe(500);
  }
});
