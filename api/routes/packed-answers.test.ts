import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import fastify from 'fastify';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import {
  alertIdAt,
  messagesOf,
  raisedAlert,
  raisedEvent,
  readySnapshot,
  startAt,
} from '../../test/fixtures/api/alert-events.ts';
import { TestResources, testApi, testCamera } from '../../test/fixtures/api/test-api.ts';
import { addConsoleRoutes } from './console-routes.ts';
import type { ApiServer } from './route-deps.ts';

/** The first API of a process builds its serializers. */
vi.setConfig({ testTimeout: 20_000 });

const script = 'export const words = "the same again and again";\n'.repeat(40);
const picture = Buffer.from([0x89, 0x50, 0x4e, 0x47, 1, 2, 3]);
const takesGzip = { 'accept-encoding': 'br, gzip' };
let folder: string;
const files = fastify({ exposeHeadRoutes: false });

/** As the build leaves them: beside a script and a page its gzipped self, beside a picture nothing. */
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'console-'));
  await mkdir(path.join(folder, 'assets'));
  for (const name of ['assets/app-1.js', 'index.html']) {
    await writeFile(path.join(folder, name), script);
    await writeFile(path.join(folder, `${name}.gz`), gzipSync(script));
  }
  await writeFile(path.join(folder, 'assets/logo-1.png'), picture);
  addConsoleRoutes(files as unknown as ApiServer, folder);
  await files.ready();
});
afterAll(async () => {
  await files.close();
  await rm(folder, { recursive: true, force: true });
});

const openList = async (alerts: number, headers: Record<string, string>) => {
  const { app, bus } = testApi();
  await app.ready();
  for (let serial = 1; serial <= alerts; serial++)
    bus.push('ALERTS', raisedEvent(raisedAlert({ alertId: alertIdAt(startAt, serial) })));
  await new Promise((resolve) => setImmediate(resolve));
  const answer = await app.inject({ url: '/api/v1/alerts/open', headers });
  await app.close();
  return answer;
};

test.each([
  ['/assets/app-1.js', 'application/javascript; charset=utf-8', 'public, max-age=31536000, immutable'],
  ['/', 'text/html; charset=utf-8', 'public, max-age=0'],
])('%s is sent packed to who takes it, as what it is', async (url, type, control) => {
  const packed = await files.inject({ url, headers: takesGzip });
  const plain = await files.inject({ url });

  expect(packed.headers).toMatchObject({
    'content-encoding': 'gzip',
    'content-type': type,
    'cache-control': control,
  });
  expect(gunzipSync(packed.rawPayload).toString()).toBe(script);
  expect(String(packed.headers.vary).toLowerCase()).toContain('accept-encoding');
  expect(plain.headers['content-encoding']).toBeUndefined();
  expect([plain.headers['content-type'], plain.body]).toEqual([type, script]);
});

test('a picture of the console is sent as it is', async () => {
  const answer = await files.inject({ url: '/assets/logo-1.png', headers: takesGzip });

  expect(answer.headers['content-encoding']).toBeUndefined();
  expect(answer.rawPayload).toEqual(picture);
});

test('of a packed file nobody gets a part as if it were the whole', async () => {
  const answer = await files.inject({
    url: '/assets/app-1.js',
    headers: { ...takesGzip, range: 'bytes=0-9' },
  });

  const isPart = answer.statusCode === 206 && answer.headers['content-encoding'] === undefined;
  if (isPart) expect(answer.body).toBe(script.slice(0, 10));
  else expect(answer.rawPayload.length).toBe(Number(answer.headers['content-length']));
});

test('a file is not asked for by HEAD', async () => {
  const answer = await files.inject({ method: 'HEAD', url: '/assets/app-1.js', headers: takesGzip });

  expect([answer.statusCode, answer.headers['content-encoding']]).toEqual([404, undefined]);
});

test.each([
  [16, 'br, gzip', 'gzip'],
  [16, 'gzip;q=0.5', 'gzip'],
  [16, 'gzip;q=0, identity', undefined],
  [16, 'identity', undefined],
  [15, 'br, gzip', undefined],
])('of %i open alerts to who takes %s the list is sent %s', async (alerts, accepted, encoding) => {
  const answer = await openList(alerts, { 'accept-encoding': accepted });

  expect(answer.headers['content-encoding']).toBe(encoding);
  const bytes = encoding ? gunzipSync(answer.rawPayload) : answer.rawPayload;
  expect(JSON.parse(bytes.toString()).items).toHaveLength(alerts);
  expect(answer.headers['vary']).toContain('Accept-Encoding');
});

test.each([
  ['br, gzip', 'gzip'],
  ['gzip;q=0, identity', undefined],
])('to who takes %s a long list of cameras is sent %s', async (accepted, encoding) => {
  const resources = new TestResources();
  vi.spyOn(resources, 'cameras').mockReturnValue(
    Array.from({ length: 40 }, (_, n) => testCamera({ id: `gate-${n}` })),
  );
  const { app } = testApi({ resources });

  const answer = await app.inject({ url: '/api/v1/cameras', headers: { 'accept-encoding': accepted } });

  expect(answer.headers['content-encoding']).toBe(encoding);
  expect(Number(answer.headers['content-length'])).toBe(answer.rawPayload.length);
  const bytes = encoding ? gunzipSync(answer.rawPayload) : answer.rawPayload;
  expect(JSON.parse(bytes.toString()).items).toHaveLength(40);
  expect(answer.headers['vary']).toContain('Accept-Encoding');
  await app.close();
});

test('what fits into a packet is sent as it is', async () => {
  const { app } = testApi();

  const answer = await app.inject({ url: '/api/v1/cameras?limit=1', headers: takesGzip });

  expect(answer.headers['content-encoding']).toBeUndefined();
  expect(answer.json().items).toHaveLength(1);
  await app.close();
});

test.each([
  [{}, 200, '0123456789'],
  [{ range: 'bytes=2-4' }, 206, '234'],
])('evidence is never packed: %j', async (headers, status, body) => {
  const alert = raisedAlert();
  const { app, history, evidence } = testApi();
  await history.writeAlertEvents(messagesOf([raisedEvent(alert), readySnapshot(alert)]));
  evidence.files.set(`${alert.alertId}.snapshot`, Buffer.from('0123456789'));

  const url = `/api/v1/alerts/${alert.alertId}/snapshot`;
  const answer = await app.inject({ url, headers: { ...takesGzip, ...headers } });

  expect([answer.statusCode, answer.body]).toEqual([status, body]);
  expect(answer.headers['content-encoding']).toBeUndefined();
  await app.close();
});

test('events come as they happen, not when enough of them have gathered', async () => {
  const { app, bus } = testApi();
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  const ending = new AbortController();
  const answer = await fetch(`http://127.0.0.1:${port}/api/v1/alerts/events`, {
    headers: takesGzip,
    signal: ending.signal,
  });
  const decoder = new TextDecoder();
  let told = '';
  for await (const bytes of answer.body ?? []) {
    told += decoder.decode(bytes as Uint8Array, { stream: true });
    if (told.includes('event: raised')) break;
    if (told.includes('event: ready')) bus.push('ALERTS', raisedEvent(raisedAlert()));
  }
  ending.abort();

  expect(answer.headers.get('content-encoding')).toBeNull();
  expect(told).toMatch(/event: ready[\s\S]*event: raised/);
  await app.close();
});
