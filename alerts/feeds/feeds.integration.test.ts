import { createHmac } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { answerFeeds, createFeedsClient } from '../../core/bus/feeds.ts';
import { createLogger } from '../../core/log.ts';
import type { Webhook } from '../../core/schema/webhook.ts';
import { openRecordedGateway, type RecordedGateway } from '../../test/fixtures/alerts/recorded-gateway.ts';
import {
  alertIdAt,
  laterEvent,
  raisedAlert,
  raisedEvent,
  randomFrom,
  village,
} from '../../test/fixtures/api/alert-events.ts';
import { feedSecret, openFeedBus } from '../../test/fixtures/exchange/feed-bus.ts';
import { freshSeed } from '../../test/fixtures/inference/seeded-random.ts';

const within = { timeout: 20_000, interval: 25 };
let site: Awaited<ReturnType<typeof openFeedBus>>;
let gateway: RecordedGateway;
let running: Awaited<ReturnType<typeof site.start>> | undefined;
let serial = 0;

beforeAll(async () => {
  site = await openFeedBus();
});
afterAll(() => site?.close());
beforeEach(async () => {
  gateway = await openRecordedGateway();
});
afterEach(async () => {
  await running?.stop();
  running = undefined;
  await gateway.close();
});

/** One nobody had before, so that it begins now. */
const hook = (url = gateway.url): Webhook => ({
  id: `hook-${++serial}`,
  name: '县平台',
  url,
  ground: village,
  credentials: 'county',
  isPrivate: true,
  feed: true,
});

const start = async (...hooks: Webhook[]) => {
  running = await site.start(hooks);
  const ids = hooks.map(({ id }) => `hook-${id}`);
  await vi.waitFor(async () => expect(await site.untilKnown(...ids)).toBe(true), within);
  return running;
};

/** Raises an alert on a camera, and ends it; the names of both events. */
const story = async (cameraId = 'gate-1'): Promise<string[]> => {
  const raisedAt = Date.now() + serial;
  const alert = raisedAlert({ alertId: alertIdAt(raisedAt, ++serial), raisedAt, cameraId });
  const events = [raisedEvent(alert), laterEvent(alert, { type: 'ended', endedAt: raisedAt })];
  for (const event of events) await site.bus.appendAlertEvent(event);
  return events.map(({ eventId }) => eventId);
};
const stories = async (count: number, cameraId?: string): Promise<string[]> => {
  const names: string[] = [];
  for (let index = 0; index < count; index++) names.push(...(await story(cameraId)));
  return names;
};
const told = (of = gateway): string[] => of.requests.map(({ body }) => String(JSON.parse(body).eventId));
const unique = (names: string[]): string[] => [...new Set(names)];
const statusOf = async ({ id }: Webhook) =>
  (await running?.feeds.list())?.find((feed) => feed.id === `hook-${id}`);

test('a webhook with a feed is told of every event of its ground, signed and in order', async () => {
  const county = hook();
  await start(county);
  const names = await stories(3);

  await vi.waitFor(() => expect(told()).toEqual(names), within);

  const { headers, body = '' } = gateway.requests[0] ?? {};
  const signed = `${headers?.['webhook-id']}.${headers?.['webhook-timestamp']}.${body}`;
  const signature = createHmac('sha256', feedSecret).update(signed).digest('base64');
  expect(headers?.['webhook-signature']).toBe(`v1,${signature}`);
  await vi.waitFor(
    async () => expect(await statusOf(county)).toMatchObject({ lag: 0, delivered: 6, failures: 0 }),
    within,
  );
});

test('a feed comes as CloudEvents where that is asked for, and tells no more by it', async () => {
  const plain = await openRecordedGateway();
  const county = hook();
  await start({ ...county, format: 'cloudevents' }, hook(plain.url));
  const names = await stories(1);
  await vi.waitFor(
    () => expect([gateway, plain].map(({ requests }) => requests.length)).toEqual([2, 2]),
    within,
  );

  const [first] = gateway.requests;
  expect(first?.headers).toMatchObject({
    'content-type': 'application/cloudevents+json',
    'webhook-id': `${names[0]}.feed.${county.id}`,
  });
  const event = JSON.parse(first?.body ?? '');
  expect(event).toMatchObject({ specversion: '1.0', id: names[0], type: 'cn.xueliang.feed.raised.v1' });
  expect(event.data).toEqual(JSON.parse(plain.requests[0]?.body ?? ''));
  expect(plain.requests[0]?.headers['content-type']).toBe('application/json');
  await plain.close();
});

test('what failed is told again under the same id before anything later of its camera, others go on', async () => {
  let failing = 2;
  await start(hook());
  gateway.answer = ({ body }) => (body.includes('gate-1') && failing-- > 0 ? 500 : 200);
  const first = await stories(2, 'gate-1');
  const others = await stories(2, 'lane-2');

  await vi.waitFor(() => expect(unique(told())).toHaveLength(8), within);

  expect(unique(told().filter((name) => first.includes(name)))).toEqual(first);
  expect(told().filter((name) => others.includes(name))).toEqual(others);
  const ids = gateway.requests.map(({ headers }) => headers['webhook-id']);
  expect(new Set(ids).size).toBe(8);
});

test('a receiver that hangs or is away holds up no other', async () => {
  const silent = await openRecordedGateway();
  silent.answer = () => 'silence';
  const well = hook();
  await start(hook(silent.url), hook('http://127.0.0.1:1/'), well);
  const names = await stories(3);

  await vi.waitFor(() => expect(told()).toEqual(names), within);

  await running?.stop();
  running = undefined;
  await silent.close();
});

test.each([400, 410])(
  'answer %s is final: an operator sees a dead letter and has it sent again',
  async (status) => {
    const county = hook();
    const { feeds } = await start(county);
    gateway.answer = () => status;
    const names = await stories(1);
    await vi.waitFor(async () => expect(await statusOf(county)).toMatchObject({ deadLetters: 2 }), within);
    const letters = await feeds.deadLetters(`hook-${county.id}`);
    expect(letters.map(({ eventId, code }) => [eventId, code])).toEqual(
      names.map((name) => [name, 'service-refused']),
    );

    gateway.answer = () => 200;
    expect(await feeds.retryDeadLetters(`hook-${county.id}`)).toBe(2);

    await vi.waitFor(async () => expect(await statusOf(county)).toMatchObject({ deadLetters: 0 }), within);
    expect(told()).toEqual([...names, ...names]);
  },
);

test('a redirect is not followed', async () => {
  const county = hook();
  const { feeds } = await start(county);
  gateway.answer = () => ({ redirect: `${gateway.url}/elsewhere` });
  await story();

  await vi.waitFor(async () => expect(await feeds.deadLetters(`hook-${county.id}`)).toHaveLength(2), within);
  expect(gateway.requests.map(({ path }) => path)).toEqual(['/', '/']);
});

test('no request goes to a private address unless the webhook says so', async () => {
  const { isPrivate: _, ...county } = hook();
  const { feeds } = await start(county);
  await story();

  await vi.waitFor(async () => expect(await feeds.deadLetters(`hook-${county.id}`)).toHaveLength(2), within);
  expect(gateway.requests).toEqual([]);
});

test.each(['stop', 'kill'] as const)('after a %s nothing is lost and the order stays', async (how) => {
  const county = hook();
  await start(county);
  gateway.answer = () => 503;
  const names = await stories(5);
  await vi.waitFor(() => expect(gateway.requests.length).toBeGreaterThan(1), within);
  await running?.[how]();
  running = undefined;
  names.push(...(await stories(5)));

  gateway.requests.length = 0;
  gateway.answer = () => 200;
  running = await site.start([county]);

  await vi.waitFor(() => expect(unique(told())).toEqual(names), within);
});

test('what a receiver was being told at a planned stop is not told again', async () => {
  const county = hook();
  await start(county);
  let answer: (status: number) => void = () => undefined;
  const later = new Promise<number>((resolve) => {
    answer = resolve;
  });
  gateway.answer = () => ({ later });
  const names = await stories(2);
  await vi.waitFor(() => expect(gateway.requests).toHaveLength(1), within);
  const stopped = running?.stop();
  answer(200);
  await stopped;
  gateway.answer = () => 200;
  running = await site.start([county]);

  await vi.waitFor(() => expect(unique(told())).toEqual(names), within);
  await vi.waitFor(async () => expect(await statusOf(county)).toMatchObject({ lag: 0 }), within);
  expect(told()).toEqual(names);
});

test('a webhook that is taken out is forgotten, and begins anew when it is back', async () => {
  const county = hook();
  gateway.answer = () => 503;
  await start(county);
  await story();
  await running?.stop();
  running = await site.start([]);
  expect(await site.untilKnown(`hook-${county.id}`)).toBe(false);
  await running.stop();

  gateway.requests.length = 0;
  gateway.answer = () => 200;
  await start(county);
  const names = await story();

  await vi.waitFor(() => expect(told()).toEqual(names), within);
});

test('whoever asks over the bus is told of the feeds, and of silence', async () => {
  const client = createFeedsClient(site.bus.nats);
  await expect(client.list()).rejects.toMatchObject({ code: 'feeds-silent', kind: 'unavailable' });
  const county = hook();
  const { feeds } = await start(county);
  const forget = answerFeeds({ nats: site.bus.nats, log: createLogger({ level: 'silent' }) }, feeds);
  gateway.answer = () => 400;
  await story();

  const id = `hook-${county.id}`;
  await vi.waitFor(async () => expect(await client.deadLetters(id)).toHaveLength(2), within);
  expect(await client.list()).toMatchObject([{ id, kind: 'webhook', deadLetters: 2 }]);
  expect(await client.retryDeadLetters('hook-nobody')).toBe(0);

  forget();
});

test.each([7, freshSeed()])(
  'broken connections, kills and failures change nothing (seed %s)',
  async (seed) => {
    const random = randomFrom(seed);
    const county = hook();
    const taken: string[] = [];
    gateway.answer = ({ body }) => {
      if (random() < 0.1) return 500;
      taken.push(body);
      return 200;
    };
    await start(county);
    const cameras = ['gate-1', 'lane-2', 'pond-3'];
    const names = new Map<string, string[]>(cameras.map((camera) => [camera, []]));
    for (let round = 0; round < 40; round++) {
      const camera = cameras[Math.floor(random() * cameras.length)] ?? 'gate-1';
      names.get(camera)?.push(...(await story(camera)));
      if (random() < 0.1) await running?.reconnect();
      if (random() < 0.05) {
        await running?.kill();
        running = await site.start([county]);
      }
    }

    await vi.waitFor(() => expect(unique(taken)).toHaveLength(80), { timeout: 45_000, interval: 50 });

    for (const [camera, expected] of names) {
      const own = taken.map((body) => JSON.parse(body)).filter(({ cameraId }) => cameraId === camera);
      expect(unique(own.map(({ eventId }) => eventId))).toEqual(expected);
    }
  },
);
