import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isAppError } from '../../core/errors.ts';
import { systemClock } from '../../core/runtime/clock.ts';
import { raisedEvent, randomFrom } from '../../test/fixtures/api/alert-events.ts';
import { freshSeed } from '../../test/fixtures/inference/seeded-random.ts';
import { ask } from '../actions/post.ts';
import { createWebhookReceiver } from './webhook-receiver.ts';

type Random = () => number;

const bytes = (random: Random, most: number): string =>
  String.fromCharCode(
    ...Array.from({ length: Math.floor(random() * most) }, () => Math.floor(random() * 256)),
  );

/** What another side may write on the wire, from nearly right to nonsense. */
const answers: ((random: Random) => string)[] = [
  (random) => bytes(random, 400),
  (random) => `HTTP/1.1 ${Math.floor(random() * 1200)} ${bytes(random, 20)}\r\n\r\n`,
  (random) => `HTTP/1.1 200 OK\r\n${bytes(random, 60)}: ${bytes(random, 60)}\r\n\r\n`,
  (random) => `HTTP/1.1 200 OK\r\nx: ${'y'.repeat(Math.floor(random() * 40_000))}\r\n\r\n`,
  (random) => `HTTP/1.1 500 No\r\ncontent-length: ${bytes(random, 8)}\r\n\r\n${bytes(random, 90)}`,
  (random) => `HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n${bytes(random, 90)}`,
  (random) => `HTTP/1.1 302 Go\r\nlocation: ${bytes(random, 60)}\r\n\r\n`,
  (random) => `HTTP/1.1 100 Continue\r\n\r\n${bytes(random, 60)}`,
];

/** Writes without an end, as fast as it is taken. */
const pour = (socket: Socket): void => {
  socket.write('HTTP/1.1 200 OK\r\n\r\n');
  const more = (): void => {
    while (!socket.destroyed && socket.write(Buffer.alloc(16_384))) poured += 16_384;
  };
  socket.on('drain', more);
  more();
};

let poured = 0;
let reply: (socket: Socket) => void;
const server = createServer((socket) => {
  socket.on('error', () => undefined); // the other side has had enough
  socket.once('data', () => reply(socket));
});
const urlOf = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(async () => {
  server.close();
  await once(server, 'close');
});

describe.each([1, 2, freshSeed()])('answers made with seed %s', (seed) => {
  it('end a try with success or a reason that has a code, and nothing that was answered', async () => {
    const random = randomFrom(seed);
    const receiver = createWebhookReceiver(
      {
        ...{ id: 'county', name: '县平台', url: urlOf(), ground: '431103110', credentials: 'county' },
        ...{ isPrivate: true, feed: true },
      },
      { clock: systemClock, secrets: { service: () => ({ password: 'secret' }) } },
    );
    for (let round = 0; round < 120; round++) {
      const text = answers[Math.floor(random() * answers.length)]?.(random) ?? '';
      reply = (socket) => socket.end(Buffer.from(text, 'latin1'));
      const failure: unknown = await receiver.send(raisedEvent(), new AbortController().signal).then(
        () => undefined,
        (thrown: unknown) => thrown,
      );

      if (failure === undefined) continue;
      expect(isAppError(failure) && failure.code).toMatch(/^service-(refused|failing|unreachable|late)$/);
      expect(isAppError(failure) && failure.message).toMatch(/^[\x20-\x7e]{1,80}$/);
    }
  });
});

it('an answer without an end is read up to a bound', async () => {
  reply = pour;
  const request = {
    ...{ url: urlOf(), body: '{}', headers: {}, deadlineMs: 10_000, ground: { isPrivate: true } },
    signal: new AbortController().signal,
  };
  const { status, body } = await ask({ clock: systemClock }, request);

  expect([status, body.length]).toEqual([200, 65_536]);
  // What the kernels' buffers hold comes on top of what was read.
  expect(poured).toBeLessThan(64 * 1024 ** 2);
});
