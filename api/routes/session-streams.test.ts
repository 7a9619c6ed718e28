import type { WebSocket } from '@fastify/websocket';
import { afterEach, expect, test, vi } from 'vitest';
import { fromLoopback } from '../../test/fixtures/api/from-loopback.ts';
import { signedInPage, someone, testSite } from '../../test/fixtures/api/signed-in-page.ts';
import { township } from '../../test/fixtures/api/test-api.ts';

// Every sign-in costs 32 MiB and a core: a busy machine takes its time.
vi.setConfig({ testTimeout: 30_000 });

type Site = Awaited<ReturnType<typeof testSite>>;

let site: Site | undefined;
afterEach(async () => {
  await site?.app.close();
  site = undefined;
});

/** A page that listens to alerts over a WebSocket, with nothing but its cookie. */
const openListener = async () => {
  const api = await testSite(someone('wang', township, 'operator'));
  site = api;
  await api.app.ready();
  await vi.waitFor(() => expect(api.bus.following.get('ALERTS')).toBe(2));
  const page = await signedInPage(api.app, 'wang');
  const heard: string[] = [];
  const closed: string[] = [];
  const onInit = (socket: WebSocket): void => {
    socket.on('message', (bytes: Buffer) =>
      heard.push((JSON.parse(bytes.toString()) as { event: string }).event),
    );
    socket.on('close', (code: number, reason: Buffer) => closed.push(`${code} ${reason.toString()}`));
  };
  const { cookie } = page.headers;
  const listen = (headers: object = {}) =>
    api.app.injectWS(
      '/api/v1/alerts/socket',
      { ...fromLoopback, headers: { cookie, ...headers } },
      { onInit },
    );
  return { ...api, page, heard, closed, listen };
};

test('signing out ends what the page listens to, with the reason', async () => {
  const { page, heard, closed, clock, listen } = await openListener();
  (await listen()).send('{}');
  await vi.waitFor(() => expect(heard).toEqual(['ready']));
  await page.ask('DELETE', '/api/v1/session');
  await clock.advance(15_000);

  await vi.waitFor(() => expect(closed).toEqual(['1008 signed-out']));
  expect(heard).toEqual(['ready', 'end']);
});

test('a session in which nothing is asked ends what it listens to after half an hour', async () => {
  const { heard, closed, clock, listen } = await openListener();
  (await listen()).send('{}');
  await vi.waitFor(() => expect(heard).toEqual(['ready']));
  await clock.advance(29 * 60_000);
  expect(closed).toEqual([]);
  await clock.advance(60_000);

  await vi.waitFor(() => expect(closed).toEqual(['1008 signed-out']));
});

test('regression: a page of another origin listens to nothing with our cookie (CWE-1385)', async () => {
  const { listen } = await openListener();

  await expect(listen({ host: '192.168.1.5', origin: 'https://evil.example' })).rejects.toThrow(/403/);
});
