import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openSiteBus, type SiteBus } from '../../commands/up/open-site-bus.ts';
import { ensureStreams } from '../../core/bus/connect-bus.ts';
import { openLeaseStore } from '../../core/bus/lease-store.ts';
import { createLogger } from '../../core/log.ts';
import { createMetrics } from '../../core/metrics.ts';
import { systemClock } from '../../core/runtime/clock.ts';
import type { AlertEvent } from '../../core/schema/alert.ts';
import { mountSmallDisk, type SmallDisk } from '../fixtures/evidence/small-disk.ts';

const place = '431103110201';
const diskBytes = 24 * 1024 ** 2;
let folder: string;
let disk: SmallDisk | undefined;
let site: SiteBus | undefined;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'xueliang-site-bus-'));
});
afterEach(async () => {
  await site?.close();
  site = undefined;
  await disk?.close();
  disk = undefined;
  await rm(folder, { recursive: true, force: true });
});

const open = async (dataFolder: string): Promise<SiteBus> => {
  const opened = await openSiteBus({
    environment: { natsUrl: undefined, natsUser: undefined, natsPassword: undefined, dataFolder },
    clock: systemClock,
    log: createLogger({ level: 'silent' }),
    metrics: createMetrics(),
  });
  await ensureStreams(opened.bus.nats, { quotaBytes: 16 * 1024 ** 2, tracksMaxAgeMs: 3_600_000 });
  return opened;
};

const serverPid = async (dataFolder: string): Promise<number> =>
  Number(await readFile(path.join(dataFolder, 'run/nats/nats-server.pid'), 'utf8'));

let serial = 0;
const event = (): AlertEvent => {
  const alertId = `01ARZ3NDEKTSV4RRFFQ6${String(serial++).padStart(6, '0')}`;
  const base = { schemaVersion: 1 as const, alertId, cameraId: 'gate', place, at: 1 };
  return { ...base, eventId: `${alertId}.ended`, type: 'ended', endedAt: 1 };
};

test('regression: a nats-server that is killed comes back with alerts, statuses and leases, and can be asked', async () => {
  site = await open(folder);
  const { bus } = site;
  const leases = await openLeaseStore(bus.nats, 60_000);
  const before = event();
  await bus.appendAlertEvent(before);
  await leases.hold('cameras.gate', 'worker-1');

  process.kill(await serverPid(folder), 'SIGKILL');
  await vi.waitFor(() => bus.appendAlertEvent(event()), { timeout: 40_000, interval: 500 });

  expect((await bus.alertEventsOf('gate')).map(({ value }) => value.eventId)).toContain(before.eventId);
  expect(await leases.hold('cameras.gate', 'worker-2')).toBe(false);
  expect(await leases.hold('cameras.gate', 'worker-1')).toBe(true);
}, 60_000);

test('regression: a disk that was full stops the bus only as long as it is full', async ({ skip }) => {
  disk = await mountSmallDisk(diskBytes);
  skip(disk === undefined, 'this user may not mount a small disk');
  const smallFolder = disk?.folder ?? folder;
  site = await open(smallFolder);
  const { bus } = site;
  const before = event();
  await bus.appendAlertEvent(before);
  const filler = path.join(smallFolder, 'filler');
  await writeFile(filler, Buffer.alloc(diskBytes)).catch(() => undefined); // takes what there is, then fails
  let refused: unknown;
  for (let tries = 0; tries < 2000 && refused === undefined; tries++) {
    refused = await bus.appendAlertEvent(event()).then(
      () => undefined,
      (error: unknown) => error,
    );
  }
  await rm(filler);
  await vi.waitFor(() => bus.appendAlertEvent(event()), { timeout: 100_000, interval: 1000 });

  expect(refused).toMatchObject({ kind: expect.stringMatching(/unavailable|exhausted/) });
  expect((await bus.alertEventsOf('gate')).map(({ value }) => value.eventId)).toContain(before.eventId);
}, 130_000);
