import { describe, expect, it } from 'vitest';
import type { DeadLetter, FeedStatus } from '../../core/schema/feed.ts';
import { alertIdAt, startAt, village } from '../../test/fixtures/api/alert-events.ts';
import { basic, ScriptedFeeds, testApi, testHash, testSecret } from '../../test/fixtures/api/test-api.ts';

const feed = (facts: Partial<FeedStatus> = {}): FeedStatus => ({
  ...{ id: 'hook-county', kind: 'webhook', name: '县平台', ground: village },
  ...{ lag: 3, delivered: 5, failures: 1, deadLetters: 1, lost: 0 },
  ...facts,
});
const letter: DeadLetter = {
  ...{ feedId: 'hook-county', sequence: 7, alertId: alertIdAt(startAt), cameraId: 'gate-1' },
  ...{ eventId: `${alertIdAt(startAt)}.raised`, at: startAt, attempts: 9 },
  ...{ code: 'service-failing', reason: 'answered 500' },
};

const open = () => {
  const feeds = new ScriptedFeeds();
  feeds.feeds.push(feed(), feed({ id: 'upstream-city', kind: 'ga1400', ground: '4401' }));
  feeds.letters.push(letter);
  return testApi({ feeds });
};

describe('feed routes', () => {
  it('say how the feeds of the ground fare', async () => {
    const answer = await open().app.inject('/api/v1/feeds');

    expect(answer.json()).toEqual({ items: [feed()] });
  });

  it('show what a receiver was not told', async () => {
    const answer = await open().app.inject('/api/v1/feeds/hook-county/dead-letters');

    expect(answer.json()).toEqual({ items: [letter] });
  });

  it('have dead letters sent again, and write down who asked for it', async () => {
    const { app, bus } = open();
    const answer = await app.inject({
      method: 'POST',
      url: '/api/v1/feeds/hook-county/dead-letters/retry',
    });

    expect(answer.json()).toEqual({ waiting: 1 });
    expect((await bus.lastAudit())?.value.entry).toMatchObject({
      ...{ what: 'deadLettersRetried', target: 'hook-county' },
    });
  });

  it.each([
    ['/api/v1/feeds/upstream-city/dead-letters', 404],
    ['/api/v1/feeds/hook-none/dead-letters', 404],
    ['/api/v1/feeds/bad.id/dead-letters', 400],
  ])('%s answers %s', async (url, status) => {
    expect((await open().app.inject(url)).statusCode).toBe(status);
  });

  it('are for whoever may see the system', async () => {
    const { app, resources } = open();
    resources.userList.push({ id: 'wang', roles: ['operator'], ground: village, passwordHash: testHash });
    const headers = basic('wang', testSecret);

    expect((await app.inject({ url: '/api/v1/feeds', headers })).statusCode).toBe(403);
  });
});
