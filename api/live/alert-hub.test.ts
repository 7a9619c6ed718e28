import { afterEach, expect, test, vi } from 'vitest';
import { createLogger } from '../../core/log.ts';
import { createMetrics } from '../../core/metrics.ts';
import { SimulatedClock } from '../../core/runtime/simulated-clock.ts';
import type { RaisedAlert } from '../../core/schema/alert.ts';
import {
  alertIdAt,
  laterEvent,
  neighbour,
  raisedAlert,
  raisedEvent,
  startAt,
  village,
} from '../../test/fixtures/api/alert-events.ts';
import { ScriptedBus } from '../../test/fixtures/api/scripted-bus.ts';
import { AlertHub, type AlertHubLimits } from './alert-hub.ts';
import type { EventFilter } from './event-client.ts';

/** What a client has received, in short: `raised 5`, `gap`, `end too-slow`. */
class TestSink {
  text = '';
  bufferedBytes = 0;
  state = 'open';

  write(text: string): void {
    this.text += text;
  }

  end(): void {
    this.state = 'ended';
  }

  destroy(): void {
    this.state = 'destroyed';
  }

  get heard(): string[] {
    return this.text.split('\n\n').flatMap((frame) => {
      const event = /^event: (.*)$/m.exec(frame)?.[1];
      const reason = /"reason":"([a-z-]+)"/.exec(frame)?.[1];
      const detail = event === 'end' ? reason : /^id: (.*)$/m.exec(frame)?.[1];
      return event === undefined ? [] : [[event, detail].filter(Boolean).join(' ')];
    });
  }
}

let serial = 0;
let hub: AlertHub;
afterEach(() => hub.close());

const start = async (limits: Partial<AlertHubLimits> = {}, bus = new ScriptedBus(), isFollowed = true) => {
  const clock = new SimulatedClock();
  hub = new AlertHub({
    bus,
    clock,
    limits,
    log: createLogger({ level: 'silent' }),
    metrics: createMetrics(),
  });
  hub.start();
  if (isFollowed) await vi.waitFor(() => expect(bus.following.get('ALERTS')).toBe(1));
  const raise = (facts: Partial<RaisedAlert> = {}) => {
    const alert = raisedAlert({ alertId: alertIdAt(startAt, serial++), ...facts });
    bus.push('ALERTS', raisedEvent(alert));
    return alert;
  };
  const join = async (lastEventId?: number, filter: Partial<EventFilter> = {}) => {
    const sink = new TestSink();
    const client = hub.join({
      sink,
      filter: { placePrefix: '4311', severities: [], ...filter },
      isAllowed: () => sink.state !== 'forbidden',
      ...(lastEventId === undefined ? {} : { lastEventId }),
    });
    await vi.waitFor(() => expect(sink.heard).toContain('ready'));
    return { sink, client };
  };
  return { bus, clock, raise, join };
};

test('a client hears of alerts from when it is told that it is ready', async () => {
  const { raise, join } = await start();
  const first = await join();
  raise();
  await vi.waitFor(() => expect(first.sink.heard).toEqual(['ready', 'raised 1']));
  const { sink } = await join();
  raise();

  await vi.waitFor(() => expect(sink.heard).toEqual(['ready', 'raised 2']));
});

test('one reader of the bus serves every client', async () => {
  const { bus, raise, join } = await start();
  const clients = await Promise.all([join(), join(), join()]);
  raise();

  for (const { sink } of clients) await vi.waitFor(() => expect(sink.heard).toContain('raised 1'));
  expect(bus.following.get('ALERTS')).toBe(1);
});

test('a client that comes back in a moment goes on from the ring', async () => {
  const { bus, raise, join } = await start();
  const first = await join();
  for (let count = 0; count < 4; count++) raise();
  await vi.waitFor(() => expect(first.sink.heard).toContain('raised 4'));

  const { sink } = await join(2);

  expect(sink.heard).toEqual(['raised 3', 'raised 4', 'ready']);
  expect(bus.following.get('ALERTS')).toBe(1);
});

test('a client that was away for long is served from the bus, without gap or repetition, while new alerts come', async () => {
  const { bus, raise, join } = await start({ ringEvents: 3 });
  for (let count = 0; count < 20; count++) raise();
  const joining = join(5);
  raise();
  const { sink } = await joining;
  raise();

  const expected = Array.from({ length: 17 }, (_, index) => `raised ${index + 6}`);
  await vi.waitFor(() => expect(sink.heard.filter((line) => line !== 'ready')).toEqual(expected));
  await vi.waitFor(() => expect(bus.following.get('ALERTS')).toBe(1));
});

test('after a restart of the API a client is served from the bus', async () => {
  const bus = new ScriptedBus();
  for (let count = 0; count < 6; count++) bus.push('ALERTS', raisedEvent());
  const { raise, join } = await start({}, bus);

  const { sink } = await join(4);
  raise();

  await vi.waitFor(() => expect(sink.heard).toEqual(['raised 5', 'raised 6', 'ready', 'raised 7']));
});

test('a client that missed nothing before a restart hears of the next', async () => {
  const bus = new ScriptedBus();
  bus.renumber('ALERTS', 6);
  const { raise, join } = await start({}, bus);

  const { sink } = await join(6);
  raise();

  await vi.waitFor(() => expect(sink.heard).toEqual(['ready', 'raised 7']));
});

test('events that the bus no longer has are told as a gap', async () => {
  const bus = new ScriptedBus();
  for (let count = 0; count < 9; count++) bus.push('ALERTS', raisedEvent());
  bus.purge('ALERTS', 6);
  const { join } = await start({}, bus);

  const { sink } = await join(2);

  expect(sink.heard).toEqual(['gap', 'raised 7', 'raised 8', 'raised 9', 'ready']);
  expect(sink.text).toContain('{"from":3,"to":6}');
});

test('a number beyond the newest means that the bus counts anew', async () => {
  const { raise, join } = await start();
  const other = await join();
  raise();
  await vi.waitFor(() => expect(other.sink.heard).toContain('raised 1'));

  const { sink } = await join(5000);
  raise();

  await vi.waitFor(() => expect(sink.heard).toEqual(['reset', 'ready', 'raised 2']));
});

test('counting anew is told also when it shows only with the next alert', async () => {
  const { raise, join } = await start();
  const { sink } = await join(5000);
  raise();
  raise();

  await vi.waitFor(() => expect(sink.heard).toEqual(['ready', 'reset', 'raised 1', 'raised 2']));
});

test('a client hears of its ground and severities alone, and of what follows', async () => {
  const { bus, raise, join } = await start();
  const here = await join(undefined, { placePrefix: village });
  const urgent = await join(undefined, { severities: ['urgent'] });
  const low = raise({ place: village, severity: 'low' });
  const high = raise({ place: neighbour, severity: 'urgent' });
  for (const alert of [low, high]) bus.push('ALERTS', laterEvent(alert, { type: 'ended', endedAt: startAt }));

  await vi.waitFor(() => expect(here.sink.heard).toEqual(['ready', 'raised 1', 'ended 3']));
  await vi.waitFor(() => expect(urgent.sink.heard).toEqual(['ready', 'raised 2', 'ended 4']));
});

test('a client that does not read is cut off, told why, and dropped; the others go on', async () => {
  const { clock, raise, join } = await start({ clientBytes: 100 });
  const slow = await join();
  const quick = await join();
  slow.sink.bufferedBytes = 101;
  raise();
  raise();

  await vi.waitFor(() => expect(quick.sink.heard).toEqual(['ready', 'raised 1', 'raised 2']));
  expect(slow.sink.heard).toEqual(['ready', 'end too-slow']);
  expect(hub.clients).toBe(1);
  await clock.advance(5000);
  expect(slow.sink.state).toBe('destroyed');
});

test('a heartbeat every 15 s keeps the connection and ends it for who may no longer listen', async () => {
  const { clock, join } = await start();
  const { sink } = await join();
  const dismissed = await join();
  dismissed.sink.state = 'forbidden';
  await clock.advance(15_000);

  expect(sink.text).toMatch(/\n\n:\n\n$/);
  expect(dismissed.sink.heard).toEqual(['ready', 'end signed-out']);
});

test('clients and replays are bounded', async () => {
  const bus = new ScriptedBus();
  const { join } = await start({ maxClients: 2, maxReplays: 0 }, bus);
  await join();

  await expect(join(1)).rejects.toMatchObject({ code: 'streams-exhausted' });
  const { client } = await join();
  await expect(join()).rejects.toMatchObject({ code: 'streams-exhausted', facts: { retryAfterSeconds: 5 } });
  client.gone();
  await join();
});

test('closing ends every client with the reason', async () => {
  const { join } = await start();
  const { sink } = await join();
  await hub.close();

  expect([sink.heard.at(-1), sink.state]).toEqual(['end closing', 'ended']);
  expect(hub.clients).toBe(0);
});
