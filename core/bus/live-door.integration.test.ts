import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestBus, type TestBus } from '../../test/fixtures/test-bus.ts';
import type { ConnectedBus } from './connect-bus.ts';
import { openLinkKey } from './link-key.ts';

let testBus: TestBus;
let worker: ConnectedBus;
let asker: ConnectedBus;

beforeAll(async () => {
  testBus = await openTestBus();
  [worker, asker] = await Promise.all([testBus.connect('worker'), testBus.connect('asker')]);
});

afterAll(() => testBus.close());

test('says where a camera is shown as long as a worker holds it', async () => {
  const door = { url: 'http://127.0.0.1:4711', token: 'once' };
  const stop = worker.answerLiveDoor('gate-1', () => door);
  await worker.nats.flush();

  expect(await asker.liveDoor('gate-1')).toEqual(door);
  expect(await asker.liveDoor('gate-2')).toBeUndefined();
  stop();
  await worker.nats.flush();
  expect(await asker.liveDoor('gate-1')).toBeUndefined();
});

test('refuses an answer that is no door', async () => {
  const stop = worker.answerLiveDoor('gate-3', () => ({ url: 'file:///etc/passwd', token: 'x' }));
  await worker.nats.flush();

  await expect(asker.liveDoor('gate-3')).rejects.toMatchObject({ code: 'door-unreadable' });
  stop();
});

test('all who sign links have the same key, whoever is first', async () => {
  const keys = await Promise.all([worker, asker, worker].map((bus) => openLinkKey(bus.nats)));

  expect(keys[0]).toHaveLength(32);
  expect(keys[1]).toEqual(keys[0]);
  expect(keys[2]).toEqual(keys[0]);
});
