import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { systemClock } from '../core/runtime/clock.ts';
import {
  alertIdAt,
  messagesOf,
  neighbour,
  otherTownship,
  raisedAlert,
  raisedEvent,
  startAt,
  village,
} from '../test/fixtures/api/alert-events.ts';
import { basic, testApi, testHash, testSecret } from '../test/fixtures/api/test-api.ts';
import { type Api, openApi } from './open-api.ts';

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const item of opened.splice(0).reverse()) await item.close();
});

const open = async (options: Partial<Parameters<typeof openApi>[0]> = {}) => {
  const { app, ...deps } = testApi();
  await app.close();
  const api = await openApi({ ...deps, port: 0, ...options });
  opened.push(api);
  let serial = 0;
  const raise = (place = village) => {
    const alert = raisedAlert({ alertId: alertIdAt(startAt, serial++), place });
    return deps.bus.push('ALERTS', raisedEvent(alert));
  };
  return { ...deps, api, raise };
};

/** A client of server-sent events over a real connection. */
const listen = async (api: Api, headers: Record<string, string> = {}, query = '') => {
  const heard = { text: '', status: 0, isEnded: false, headers: {} as Record<string, unknown> };
  const asking = request(`${api.url}/api/v1/alerts/events${query}`, { headers, agent: false }, (response) => {
    heard.status = response.statusCode ?? 0;
    heard.headers = response.headers;
    response.setEncoding('utf8');
    response.on('data', (chunk: string) => {
      heard.text += chunk;
    });
    response.on('close', () => {
      heard.isEnded = true;
    });
  });
  asking.on('error', () => {
    heard.isEnded = true;
  });
  asking.end();
  opened.push({ close: async () => void asking.destroy() });
  await vi.waitFor(() => expect(heard.isEnded || heard.text.includes('event: ready')).toBe(true));
  return heard;
};
const idsIn = (text: string): number[] => [...text.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id));

test('alerts come over the wire as they happen, with what a browser and a proxy need', async () => {
  const { api, raise } = await open();
  const heard = await listen(api);
  raise();

  await vi.waitFor(() => expect(idsIn(heard.text)).toEqual([1]));
  expect(heard.headers).toMatchObject({
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
    'x-content-type-options': 'nosniff',
  });
  expect(heard.text).toMatch(/^retry: 3000\n\n/);
  expect(JSON.parse(/^data: (.*"raised".*)$/m.exec(heard.text)?.[1] ?? '')).toMatchObject({ type: 'raised' });
});

test('a client that comes back with its last event misses nothing', async () => {
  const { api, raise } = await open();
  const first = await listen(api);
  for (let count = 0; count < 5; count++) raise();
  await vi.waitFor(() => expect(idsIn(first.text)).toEqual([1, 2, 3, 4, 5]));

  const back = await listen(api, { 'last-event-id': '3' });

  expect(idsIn(back.text)).toEqual([4, 5]);
});

test('regression: a stream carries only the ground of who listens (Frigate CVE-2026-75607)', async () => {
  const { api, raise, resources } = await open({ host: '0.0.0.0', clock: systemClock });
  resources.userList.push({ id: 'wang', ground: village, passwordHash: testHash });
  const asked = (query: string) => listen(api, basic('wang', testSecret), query);
  expect((await listen(api)).status).toBe(401);
  expect((await asked(`?place=${neighbour}`)).status).toBe(403);
  const heard = await asked('');
  for (const place of [otherTownship, neighbour, village]) raise(place);

  await vi.waitFor(() => expect(idsIn(heard.text)).toEqual([3]), 10_000);
  expect(heard.text).not.toContain(neighbour);
});

test('a last event that is no number is refused', async () => {
  const { api } = await open();

  expect((await listen(api, { 'last-event-id': '-1' })).status).toBe(400);
});

test('a client that reads nothing is cut off while another goes on', async () => {
  const { api, raise, bus } = await open({ limits: { clientBytes: 200_000, ringBytes: 1000 } });
  const good = await listen(api);
  const stuck = request(`${api.url}/api/v1/alerts/events`, { agent: false }, (response) => response.pause());
  stuck.on('error', () => {});
  stuck.end();
  opened.push({ close: async () => void stuck.destroy() });

  const streams = async () => {
    const text = await (await fetch(`${api.url}/metrics`)).text();
    return /ended_total\{reason="too-slow"\} 1/.test(text);
  };
  let last = raise();
  while (!(await streams())) {
    for (let count = 0; count < 100; count++) last = raise();
    await vi.waitFor(() => expect(idsIn(good.text).at(-1)).toBe(last.sequence));
  }
  last = raise();
  await vi.waitFor(() => expect(idsIn(good.text).at(-1)).toBe(last.sequence));
  expect(bus.following.get('ALERTS')).toBe(2);
}, 30_000);

test('closing ends the streams with a reason, and is done at once and only once', async () => {
  const { api } = await open();
  const heard = await listen(api);
  await Promise.all([api.close(), api.close()]);

  await vi.waitFor(() => expect(heard.isEnded).toBe(true));
  expect(heard.text).toMatch(/event: end\ndata: {"reason":"closing"}\n\n$/);
  await expect(fetch(`${api.url}/api/v1/health`)).rejects.toThrow();
});

test('a request that is being answered is finished before the end', async () => {
  const { api, history } = await open();
  const alert = raisedAlert();
  await history.writeAlertEvents(messagesOf([raisedEvent(alert)]));
  const plain = history.alert.bind(history);
  const release = vi.fn();
  history.alert = async (alertId, prefix) => {
    await new Promise<void>((resolve) => release.mockImplementation(resolve));
    return plain(alertId, prefix);
  };
  const asked = fetch(`${api.url}/api/v1/alerts/${alert.alertId}`);
  await vi.waitFor(() => expect(release.getMockImplementation()).toBeDefined());
  const closing = api.close();
  release();

  expect((await asked).status).toBe(200);
  await closing;
});

test('a connection on which nothing is asked does not hold up the end', async () => {
  const { api } = await open();
  const idle = connect(api.port, '127.0.0.1');
  await once(idle, 'connect');
  const gone = once(idle, 'close');
  await fetch(`${api.url}/api/v1/health`);

  await api.close();
  await gone;
});

test('a port that is taken is said so', async () => {
  const { api } = await open();

  await expect(open({ port: api.port })).rejects.toMatchObject({
    code: 'api-port-taken',
    message: expect.stringContaining('XUELIANG_API_PORT'),
  });
});

test('an address that is not of this machine is said so', async () => {
  await expect(open({ host: '192.0.2.1' })).rejects.toMatchObject({
    code: 'api-address-unusable',
    kind: 'invalid',
  });
});
