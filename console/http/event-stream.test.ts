import { afterEach, describe, expect, it } from 'vitest';
import { backOffMs } from './back-off.ts';
import { openEventStream, type StreamEvent } from './event-stream.ts';
import { isSessionLost } from './session-state.ts';

/** A server that answers each request with the next of `answers`, and remembers what was asked. */
const serve = (answers: readonly (string | number)[]) => {
  const lastEventIds: (string | null)[] = [];
  const events: StreamEvent[] = [];
  const states: boolean[] = [];
  let finish = (): void => undefined;
  const ended = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const stream = openEventStream({
    path: '/events',
    onEvent: (event) => events.push(event),
    onConnected: (isConnected) => states.push(isConnected),
    fetch: (_path, init) => {
      lastEventIds.push(new Headers(init?.headers).get('Last-Event-ID'));
      const answer = answers[lastEventIds.length - 1];
      if (answer === undefined) {
        stream.close();
        finish();
      }
      const isText = typeof answer === 'string';
      return Promise.resolve(
        new Response(isText ? answer : null, { status: isText ? 200 : (answer ?? 503) }),
      );
    },
    wait: () => Promise.resolve(),
  });
  return { lastEventIds, events, states, ended };
};

afterEach(() => {
  isSessionLost.value = false;
});

describe('a stream of events', () => {
  it('goes on behind the last event that it had', async () => {
    const { lastEventIds, events, ended } = serve([
      'event: ready\ndata: {}\n\nid: 41\nevent: raised\ndata: {"a":1}\n\n',
      'id: 42\nevent: ended\ndata: {"a":2}\n\n',
      503,
    ]);
    await ended;
    expect(lastEventIds).toEqual([null, '41', '42', '42']);
    expect(events.map(({ name, id }) => [name, id])).toEqual([
      ['ready', undefined],
      ['raised', '41'],
      ['ended', '42'],
    ]);
  });

  it('begins anew when the numbers do', async () => {
    const { lastEventIds, ended } = serve([
      'id: 9\nevent: raised\ndata: {}\n\n',
      'event: reset\ndata: {}\n\n',
    ]);
    await ended;
    expect(lastEventIds).toEqual([null, '9', null]);
  });

  it('says when it is cut off, also when it never came through', async () => {
    const { states, ended } = serve([500, 'event: ready\ndata: {}\n\n']);
    await ended;
    expect(states).toEqual([false, true, false]);
  });

  it('asks for a sign-in when the session has ended', async () => {
    await serve([401]).ended;
    expect(isSessionLost.value).toBe(true);
  });

  it('leaves out half an event that a break cut off', async () => {
    const { events, lastEventIds, ended } = serve(['id: 5\nevent: raised\ndata: {}\n\nid: 6\nevent: rai']);
    await ended;
    expect([events.length, lastEventIds.at(-1)]).toEqual([1, '5']);
  });
});

describe('the wait between tries', () => {
  it('doubles, with jitter, up to twenty seconds', () => {
    expect([0, 1, 2, 20].map((failures) => backOffMs(failures, () => 1))).toEqual([500, 1000, 2000, 20_000]);
    expect(backOffMs(1, () => 0)).toBe(500);
  });
});
