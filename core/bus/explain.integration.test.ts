import { connect, type NatsConnection } from '@nats-io/transport-node';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { exampleExplanation, explanationWith } from '../../test/fixtures/explanation.ts';
import { openTestBus, type TestBus, testAccount } from '../../test/fixtures/test-bus.ts';
import type { ConnectedBus } from './connect-bus.ts';

let testBus: TestBus;
let worker: ConnectedBus;
let asker: ConnectedBus;
let stranger: NatsConnection;

beforeAll(async () => {
  testBus = await openTestBus();
  [worker, asker] = await Promise.all([testBus.connect('worker'), testBus.connect('asker')]);
  const { user, password } = testAccount;
  stranger = await connect({ servers: testBus.url, user, pass: password });
});

afterAll(async () => {
  await stranger?.close();
  await testBus?.close();
});

test('is answered by the worker that holds the camera, as long as it does', async () => {
  const stops = ['gate-1', 'gate-2'].map((cameraId) =>
    worker.answerExplain(cameraId, async () => explanationWith({ cameraId })),
  );
  await worker.nats.flush();

  expect(await asker.explain('gate-1')).toEqual(exampleExplanation);
  expect((await asker.explain('gate-2'))?.cameraId).toBe('gate-2');
  for (const stop of stops) stop();
  await worker.nats.flush();

  expect(await asker.explain('gate-1')).toBeUndefined();
});

test('says at once that nobody holds a camera', async () => {
  expect(await asker.explain('held-by-nobody')).toBeUndefined();
});

test('gives up on a worker that does not answer, and names the remedy', async () => {
  worker.answerExplain('stuck', () => new Promise(() => undefined));
  await worker.nats.flush();

  await expect(asker.explain('stuck')).rejects.toMatchObject({
    code: 'explanation-late',
    kind: 'timeout',
    message: expect.stringContaining('see its log'),
  });
});

test('treats a worker that cannot say as one that does not answer', async () => {
  worker.answerExplain('broken', () => Promise.reject(new Error('no')));
  await worker.nats.flush();

  await expect(asker.explain('broken')).rejects.toMatchObject({ code: 'explanation-late' });
});

test.each<[string, string]>([
  ['no JSON', '{'],
  ['nothing', ''],
  ['another schema', JSON.stringify({ cameraId: 'x' })],
  ['a key too many', JSON.stringify({ ...exampleExplanation, secret: 'x' })],
])('does not pass on %s', async (_, answer) => {
  const subscription = stranger.subscribe('explain.odd', {
    callback: (__, message) => void message.respond(answer),
  });
  await stranger.flush();

  await expect(asker.explain('odd')).rejects.toMatchObject({ code: 'explanation-unreadable' });
  subscription.unsubscribe();
  await stranger.flush();
});

test('says that the bus is away, not the worker, when it is', async () => {
  const alone = await testBus.connect('alone');
  await testBus.stopServer();
  await vi.waitFor(() => expect(alone.isConnected).toBe(false), 10_000);

  await expect(alone.explain('gate-1')).rejects.toMatchObject({ code: 'bus-unavailable' });
  await alone.close();
});
