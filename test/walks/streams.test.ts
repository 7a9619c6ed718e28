import type { AddressInfo } from 'node:net';
import type { WebSocket } from '@fastify/websocket';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { rightsOf, userRoles } from '../../core/schema/role.ts';
import { fromLoopback } from '../fixtures/api/from-loopback.ts';
import { asker, county, openWorld, signInAs, victim, type World } from './open-world.ts';
import { textsOf } from './township.ts';

const users = [
  { id: 'stranger', ground: asker.code },
  { id: 'own', ground: victim.code },
  { id: 'chief', ground: county },
  ...userRoles.map((role) => ({ id: role.toLowerCase(), ground: asker.code, roles: [role] })),
];
let world: World;
let origin: string;
const canaries = [...new Set(textsOf(victim))].filter((text) => !textsOf(asker).includes(text));
const leaksIn = (text: string): string[] => canaries.filter((one) => text.includes(one));

beforeAll(async () => {
  world = await openWorld({ users });
  await world.app.listen({ host: '127.0.0.1', port: 0 });
  origin = `http://127.0.0.1:${(world.app.server.address() as AddressInfo).port}`;
});
afterAll(() => world.close());

/** What is told until the stream says that all that was missed has been told. */
const events = async (user: string, query: string, headers = {}): Promise<string> => {
  const ending = new AbortController();
  const answer = await fetch(`${origin}/api/v1/alerts/events${query}`, {
    headers: { ...signInAs(user), ...headers },
    signal: ending.signal,
  });
  let text = `${answer.status} `;
  const decoder = new TextDecoder();
  for await (const bytes of answer.body ?? []) {
    text += decoder.decode(bytes as Uint8Array, { stream: true });
    if (text.includes('event: ready') || answer.status !== 200) break;
  }
  ending.abort();
  return text;
};

describe('server-sent events', () => {
  test.each(['1', '0', '7', '999999'])(
    'resumed behind event %s tell a stranger of their own ground alone',
    async (id) => {
      const told = await events('stranger', '', { 'last-event-id': id });

      expect(told).toContain('200');
      expect(leaksIn(told)).toEqual([]);
    },
  );

  test('resumed by whoever owns them tell of them', async () => {
    expect(leaksIn(await events('own', '', { 'last-event-id': '1' }))).toContain(victim.alertIds[0]);
  });

  test.each([victim.code, victim.village])('of place %s are refused to a stranger', async (place) => {
    expect(await events('stranger', `?place=${place}`, { 'last-event-id': '1' })).toMatch(
      /^403 .*ground-forbidden/,
    );
  });
});

/** What a socket hears after it has said something, until it is closed or nothing more comes. */
const listen = async (user: string, url: string, said: readonly string[] = []) => {
  const heard: string[] = [];
  const onInit = (socket: WebSocket): void => {
    socket.on('message', (bytes: Buffer) => heard.push(bytes.toString('utf8')));
    socket.on('close', (code: number, why: Buffer) => heard.push(`closed ${code} ${why.toString()}`));
  };
  const headers = { host: '127.0.0.1', ...(user === '' ? {} : signInAs(user)) };
  const socket = await world.app
    .injectWS(url, { ...fromLoopback, headers }, { onInit })
    .catch((error: Error) => error);
  if (socket instanceof Error) return { heard: [`refused ${socket.message}`], socket: undefined };
  for (const one of said) socket.send(one);
  return { heard, socket };
};

/** The one thing that may be said, and what an administrator of something else would say. */
const allowed = ['{}', '{"lastEventId": 0}', '{"lastEventId": 3}', `{"place": "${asker.code}"}`];
const forbidden = [
  ...[
    `{"place": "${victim.code}"}`,
    `{"place": "${county}", "ground": "${victim.code}"}`,
    '{"ground": "4311"}',
  ],
  ...[
    '{"type": "restart"}',
    '{"topic": "config", "payload": {}}',
    '{"rights": ["system.write"]}',
    '{"__proto__": {"place": "4311"}}',
  ],
  ...[
    '[]',
    'null',
    '"place"',
    '0',
    'restart',
    '{"lastEventId": -1}',
    '{"lastEventId": "1"}',
    '{"lastEventId": 1, "user": "chief"}',
  ],
];

describe.each(userRoles)('on the alert socket the role %s', (role) => {
  const may = rightsOf([role]).has('alerts.read');

  test.each(allowed)(`${may ? 'hears of its own ground' : 'is let in by nothing'}: %s`, async (message) => {
    const { heard, socket } = await listen(role.toLowerCase(), '/api/v1/alerts/socket', [message]);

    await vi.waitFor(() => expect(heard.join()).toMatch(may ? /"event":"ready"/ : /refused .*403/));
    expect(leaksIn(heard.join())).toEqual([]);
    socket?.terminate();
  });

  test.each(forbidden)('is heard with nothing else: %s', async (message) => {
    const { heard, socket } = await listen(role.toLowerCase(), '/api/v1/alerts/socket', [message]);

    await vi.waitFor(() => expect(heard.join()).toMatch(may ? /^closed 1008/ : /^refused .*403/));
    socket?.terminate();
  });
});

const live = (tag: string): string => `/api/v1/cameras/${tag}-gate/live`;

describe('live pictures', () => {
  const ticketOf = async (user: string, tag: string): Promise<string> => {
    const answer = await world.app.inject({
      method: 'POST',
      url: `${live(tag)}/tickets`,
      headers: signInAs(user),
    });
    return String(answer.json().url);
  };

  test('of another ground are refused to a stranger', async () => {
    expect((await listen('stranger', live(victim.tag))).heard.join()).toMatch(/refused .*404/);
  });

  test('are shown to whoever owns them, by a ticket once', async () => {
    const url = await ticketOf('own', victim.tag);
    const { heard, socket } = await listen('', url);
    await vi.waitFor(() => expect(heard.join()).toContain('canary-gate live bytes'));
    socket?.terminate();

    expect((await listen('', url)).heard.join()).toMatch(/refused .*401/);
  });

  test('are not shown by a ticket to another camera, in another name or for another kind of address', async () => {
    const url = await ticketOf('stranger', asker.tag);
    const [end = '', , nonce, mac] = (url.split('ticket=')[1] ?? '').split('.');
    const inNameOf = (id: string): string =>
      [end, Buffer.from(id).toString('base64url'), nonce, mac].join('.');
    const tries = [
      url.replace(asker.tag, victim.tag),
      ...['own', 'chief', '__proto__', 'constructor'].map(
        (id) => `${live(victim.tag)}?ticket=${inNameOf(id)}`,
      ),
      `${live(victim.tag)}?ticket=`,
      `${live(victim.tag)}?sig=${inNameOf('stranger')}`,
    ];

    for (const one of tries) expect((await listen('', one)).heard.join(), one).toMatch(/refused .*40[01]/);
    const picture = `/api/v1/cameras/${victim.tag}-gate/snapshot.jpg?sig=${url.split('ticket=')[1]}`;
    expect((await world.app.inject(picture)).statusCode).toBe(401);
  });
});

test('a signed address of one alert opens no other, in nobody else’s name, and not once its user’s secret has changed', async () => {
  const links = async (user: string, alertId: string | undefined) => {
    const url = `/api/v1/alerts/${alertId}/links`;
    return (await world.app.inject({ method: 'POST', url, headers: signInAs(user) })).json() as {
      snapshot: string;
      clip: string;
    };
  };
  const own = await links('stranger', asker.alertIds[2]);
  const [, sig = ''] = own.snapshot.split('sig=');
  const [end, , nonce, mac] = sig.split('.');
  const forged = [end, Buffer.from('own').toString('base64url'), nonce, mac].join('.');
  const base = `/api/v1/alerts/${victim.alertIds[2]}`;
  for (const url of [
    `${base}/snapshot?sig=${sig}`,
    `${base}/snapshot?sig=${forged}`,
    `${base}/clip?sig=${sig}`,
    `${base}/pictures/1?sig=${sig}`,
  ]) {
    const answer = await world.app.inject({ url, headers: signInAs('stranger') });
    expect([answer.statusCode, leaksIn(answer.body)], url).toEqual([401, []]);
  }
  expect((await world.app.inject(own.snapshot)).statusCode).toBe(200);

  const user = world.resources.userList.find(({ id }) => id === 'stranger');
  world.resources.userList.splice(0, 1, { ...user, passwordHash: 'scrypt$32768$8$1$AAAA$AAAA' } as never);
  expect((await world.app.inject(own.snapshot)).statusCode).toBe(401);
});
