import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { alertIdAt, laterEvent, raisedAlert, raisedEvent } from '../../../test/fixtures/api/alert-events.ts';
import { feedSecret, openFeedBus } from '../../../test/fixtures/exchange/feed-bus.ts';
import { openViewLibrary } from '../../../test/fixtures/exchange/view-library.ts';

const within = { timeout: 20_000, interval: 25 };
let site: Awaited<ReturnType<typeof openFeedBus>>;

beforeAll(async () => {
  site = await openFeedBus();
});
afterAll(() => site?.close());

const raise = async (serial: number): Promise<void> => {
  const raisedAt = Date.now();
  const alert = raisedAlert({ alertId: alertIdAt(raisedAt, serial), raisedAt });
  await site.bus.appendAlertEvent(raisedEvent(alert));
  await site.bus.appendAlertEvent(laterEvent(alert, { type: 'ended', endedAt: raisedAt }));
};

test('a view library is told once of each alert that is raised, also of those while nothing ran', async () => {
  const library = await openViewLibrary('xl', feedSecret, 'SHA-256');
  const upstreams = [
    {
      ...{ id: 'city', name: '市视图库', kind: 'ga1400' as const, url: `${library.url}/base/` },
      ...{ deviceId: '43110300005030000001', ground: '431103', credentials: 'city', isPrivate: true },
    },
  ];
  const untilTold = async (
    { feeds }: Awaited<ReturnType<typeof site.start>>,
    count: number,
  ): Promise<void> => {
    await vi.waitFor(() => expect(library.notifications()).toHaveLength(count), within);
    await vi.waitFor(
      async () => expect(await feeds.list()).toMatchObject([{ kind: 'ga1400', lag: 0, deadLetters: 0 }]),
      within,
    );
  };
  const first = await site.start([], upstreams);
  await vi.waitFor(async () => expect(await site.untilKnown('upstream-city')).toBe(true), within);
  await raise(1);
  // Stopped earlier, it would tell the library again: the answer had not reached the stream.
  await untilTold(first, 1);
  await first.stop();
  await raise(2);

  const second = await site.start([], upstreams);
  await untilTold(second, 2);

  await second.stop();
  expect(library.paths().every((path) => path.startsWith('/base'))).toBe(true);
  await library.close();
});
