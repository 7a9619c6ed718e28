import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openFeeds } from '../../commands/up/open-feeds.ts';
import { openSiteBus, type SiteBus } from '../../commands/up/open-site-bus.ts';
import { ensureStreams } from '../../core/bus/connect-bus.ts';
import { openSiteStore, type SiteStore } from '../../core/bus/site-store.ts';
import { createLogger } from '../../core/log.ts';
import { createMetrics } from '../../core/metrics.ts';
import { endChild } from '../../core/runtime/child.ts';
import { systemClock } from '../../core/runtime/clock.ts';
import { alertIdAt, otherTownship, raisedAlert, raisedEvent, village } from '../fixtures/api/alert-events.ts';
import { type TestSubscriber, testSubscriber } from '../fixtures/feeds.ts';

const root = path.resolve(import.meta.dirname, '../..');
const clients: [string, string, string[]][] = [
  ['TypeScript', process.execPath, ['--import', 'tsx', 'docs/integration/follow-alerts.ts']],
  ['Python', 'python3', ['docs/integration/follow_alerts.py']],
];

describe.each(clients)('the example in %s', (_language, program, args) => {
  let folder: string;
  let site: SiteBus;
  let store: SiteStore;
  let feeds: { close(): Promise<void> };
  let subscriber: TestSubscriber;
  let running: ChildProcess[] = [];
  let serial = 0;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'xueliang-feeds-'));
    subscriber = await testSubscriber('county', '431103110');
    const deps = { clock: systemClock, log: createLogger({ level: 'silent' }), metrics: createMetrics() };
    const environment = { natsUrl: undefined, natsUser: undefined, natsPassword: undefined };
    site = await openSiteBus({ environment: { ...environment, dataFolder: folder }, ...deps });
    await ensureStreams(site.bus.nats);
    store = await openSiteStore(site.bus.nats);
    await store.put('places.431103110', { code: '431103110', name: '蔡市镇' }, 0);
    const settings = { id: 'caishi', name: '蔡市镇', place: '431103', allowedNetworks: ['127.0.0.0/8'] };
    await store.put('site.settings', settings, 0);
    feeds = await openFeeds({ siteBus: site, ...deps });
  });
  afterEach(async () => {
    await Promise.all(running.map((child) => endChild(child, systemClock, 1000)));
    running = [];
    await feeds.close();
    await site.close();
    await rm(folder, { recursive: true, force: true });
  });

  const raise = (place: string) =>
    vi.waitFor(
      () =>
        site.bus.appendAlertEvent(
          raisedEvent(raisedAlert({ alertId: alertIdAt(systemClock.now(), serial++), place })),
        ),
      { timeout: 20_000, interval: 500 },
    );
  /** Lets the subscriber in; the example tries again until that has reached the server. */
  const addSubscriber = async (): Promise<void> => {
    const { secret: _, ...stored } = subscriber;
    await store.put(`subscribers.${subscriber.id}`, stored, 0);
    const accounts = path.join(folder, 'run/nats/accounts.conf');
    await vi.waitFor(async () => expect(await readFile(accounts, 'utf8')).toContain('feed-county'), 10_000);
  };
  const start = (): { child: ChildProcess; lines: string[] } => {
    const child = spawn(program, args, {
      cwd: root,
      env: {
        ...process.env,
        NATS_URL: site.address.url,
        SUBSCRIBER: subscriber.id,
        SECRET: subscriber.secret,
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    running.push(child);
    const lines: string[] = [];
    createInterface({ input: child.stdout }).on('line', (line) => lines.push(line));
    return { child, lines };
  };
  const numbersOf = (lines: readonly string[]): number[] => lines.map((line) => Number(line.split(' ')[0]));

  it('prints the alerts of its ground, and goes on behind them when it and the bus were restarted', async () => {
    for (const place of [village, otherTownship, village]) await raise(place);
    await addSubscriber();
    const first = start();
    await vi.waitFor(() => expect(numbersOf(first.lines)).toEqual([1, 3]), { timeout: 40_000 });
    expect(first.lines[0]).toMatch(/^1 \S+T\S+ 431103110201 gate-1 [0-9A-Z]{26} raised$/);
    await endChild(first.child, systemClock, 1000);

    const second = start();
    await raise(village);
    await vi.waitFor(() => expect(numbersOf(second.lines)).toContain(4), { timeout: 40_000 });
    process.kill(Number(await readFile(path.join(folder, 'run/nats/nats-server.pid'), 'utf8')), 'SIGKILL');
    await raise(village);
    await vi.waitFor(() => expect(numbersOf(second.lines)).toContain(5), { timeout: 40_000 });
  }, 150_000);
});
