import type { InjectOptions } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSeededRandom, freshSeed, type SeededRandom } from '../fixtures/inference/seeded-random.ts';
import { county, openWorld, signInAs, victim, type World } from './open-world.ts';
import { type Ask, methodOf } from './route-case.ts';
import { routeCases } from './route-cases.ts';

let world: World;
let bodies: [route: string, ask: Ask & { payload: object }][];

beforeAll(async () => {
  world = await openWorld({ users: [{ id: 'chief', ground: county }] });
  bodies = Object.entries(routeCases).flatMap(([route, { asks }]) =>
    asks({ world, town: victim, own: victim }).flatMap((ask) =>
      typeof ask.payload === 'object' && ask.payload !== null && !Buffer.isBuffer(ask.payload)
        ? [[route, { ...ask, payload: ask.payload }] as [string, Ask & { payload: object }]]
        : [],
    ),
  );
});
afterAll(() => world.close());

const deep = (levels: number): string => `${'['.repeat(levels)}${']'.repeat(levels)}`;

/** Written as JSON, for some of it no object could hold. */
const odd = [
  ...['null', 'true', '-1', '1e999', '9007199254740993', '""', '[]', '{}', '"\\u0000"', '[[[]]]', deep(5000)],
  ...['{"__proto__":{"rights":["users.write"]}}', '{"constructor":{"prototype":{"roles":[]}}}'],
  ...['"../../../etc/passwd"', '"1; DROP TABLE alerts"', '"$(reboot)"', `"${'x'.repeat(5000)}"`],
];

/** The JSON of a body in which one thing, somewhere, is something else. */
const spoilt = (value: unknown, random: SeededRandom): string => {
  const pick = () => odd[random.whole(0, odd.length - 1)] ?? 'null';
  if (typeof value !== 'object' || value === null || random.next() < 0.2) return pick();
  const entries = Object.entries(value);
  const at = random.whole(0, entries.length);
  const parts = entries.map(([key, one], index) => {
    const text = index === at ? spoilt(one, random) : JSON.stringify(one);
    return Array.isArray(value) ? text : `${JSON.stringify(key)}:${text}`;
  });
  if (Array.isArray(value)) return `[${[...parts, ...(at === entries.length ? [pick()] : [])].join(',')}]`;
  const added = `${['"__proto__"', '"ground"', '"roles"', '"extra"'][random.whole(0, 3)]}:${pick()}`;
  return `{${[...parts, ...(at === entries.length ? [added] : [])].join(',')}}`;
};

const seeds = [1, 2_143_279_197, freshSeed()];
test.each(seeds)('no body of seed %s is a defect: it is taken, or refused with a code', async (seed) => {
  const random = createSeededRandom(seed);
  expect(bodies.length).toBeGreaterThan(20);

  for (let round = 0; round < 600; round++) {
    const picked = bodies[random.whole(0, bodies.length - 1)];
    if (!picked) throw new RangeError('no body was picked');
    const [route, { url, headers, payload }] = picked;
    const body = spoilt(payload, random);
    const answer = await world.app.inject({
      method: methodOf(route),
      url,
      headers: { 'if-match': '"1"', ...signInAs('chief'), ...headers, 'content-type': 'application/json' },
      payload: body,
    } as InjectOptions);

    const said = `seed ${seed}, round ${round}: ${route} ${body.slice(0, 300)} → ${answer.body.slice(0, 300)}`;
    if (answer.statusCode >= 400) expect(answer.json().code, said).toMatch(/^[a-z0-9-]+$/);
    expect(answer.statusCode === 503 ? 0 : answer.statusCode, said).toBeLessThan(500);
  }
  expect(Object.prototype).toEqual({});
});
