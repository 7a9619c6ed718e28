import { afterEach, describe, expect, it, vi } from 'vitest';
import { createLogger } from '../../../core/log.ts';
import { SimulatedClock } from '../../../core/runtime/simulated-clock.ts';
import { raisedAlert } from '../../../test/fixtures/api/alert-events.ts';
import { openViewLibrary } from '../../../test/fixtures/exchange/view-library.ts';
import { ViewLibrary } from './client.ts';
import { toNotification } from './to-notification.ts';

const deviceId = '43110300005030000001';
const password = 'pass-of-the-view-library';
const endings: (() => Promise<void>)[] = [];

const open = async (algorithm?: 'MD5' | 'SHA-256', wrongPassword?: string) => {
  const library = await openViewLibrary('xl', password, algorithm);
  const clock = new SimulatedClock();
  const client = new ViewLibrary({
    clock,
    log: createLogger({ level: 'silent' }),
    upstream: {
      ...{ id: 'city', name: '市视图库', kind: 'ga1400', url: library.url, deviceId },
      ...{ ground: '431103110', credentials: 'city', isPrivate: true },
    },
    credentials: () => ({ user: 'xl', password: wrongPassword ?? password }),
  });
  endings.push(async () => {
    library.isDeaf = true;
    await client.close();
    await library.close();
  });
  const context = { deviceId, timezone: 'Asia/Shanghai' };
  const notify = (): Promise<void> =>
    client.notify(toNotification(raisedAlert(), context), new AbortController().signal);
  return { library, clock, client, notify };
};
const registered = (library: { paths(): string[] }) =>
  vi.waitFor(() => expect(library.paths()).toEqual(['System/Register', 'System/Register']));

afterEach(async () => {
  for (const end of endings.splice(0)) await end();
});

describe('ViewLibrary', () => {
  it.each(['MD5', 'SHA-256'] as const)(
    'registers with a digest of %s and says who it is',
    async (algorithm) => {
      const { library, notify } = await open(algorithm);
      await registered(library);
      await vi.waitFor(notify);

      for (const { headers } of library.requests) {
        expect(headers).toMatchObject({
          'user-identify': deviceId,
          'content-type': 'application/VIID+JSON',
        });
      }
      expect(JSON.parse(library.requests[0]?.body ?? '')).toEqual({ RegisterObject: { DeviceID: deviceId } });
      expect(library.requests.every(({ body, headers }) => !`${body}${headers}`.includes(password))).toBe(
        true,
      );
    },
  );

  it('tells nothing without a session', async () => {
    const { notify, library } = await open('MD5', 'wrong');
    await registered(library);

    await expect(notify()).rejects.toMatchObject({ code: 'upstream-unregistered', kind: 'unavailable' });
    expect(library.notifications()).toEqual([]);
  });

  it('keeps the session alive every minute', async () => {
    const { library, clock } = await open();
    await registered(library);
    for (let minute = 1; minute <= 2; minute++) {
      await vi.waitFor(() => expect(clock.sleeping).toBe(1));
      await clock.advance(60_000);
      await vi.waitFor(() => expect(library.paths()).toHaveLength(2 + minute));
    }

    expect(library.paths().slice(2)).toEqual(['System/Keepalive', 'System/Keepalive']);
  });

  it('registers again after three keepalives that nobody took', async () => {
    const { library, clock, notify } = await open();
    await registered(library);
    library.registered = false;
    for (let miss = 1; miss <= 3; miss++) {
      await vi.waitFor(() => expect(clock.sleeping).toBe(1));
      await clock.advance(60_000);
      await vi.waitFor(() => expect(library.paths().length).toBeGreaterThanOrEqual(2 + miss));
    }
    await vi.waitFor(notify);

    expect(library.paths().slice(2, 7)).toEqual([
      ...['System/Keepalive', 'System/Keepalive', 'System/Keepalive'],
      ...['System/Register', 'System/Register'],
    ]);
  });

  it.each([
    [1, 'service-failing'],
    [7, 'service-refused'],
  ])('takes StatusCode %s for %s though HTTP says 200', async (statusCode, code) => {
    const { library, notify } = await open();
    await registered(library);
    await vi.waitFor(notify);
    library.statusCode = statusCode;

    await expect(notify()).rejects.toMatchObject({ code });
  });

  it('signs off when it is closed', async () => {
    const { library, client, notify } = await open();
    await registered(library);
    await vi.waitFor(notify);
    await client.close();

    expect(library.paths().at(-1)).toBe('System/UnRegister');
  });
});
