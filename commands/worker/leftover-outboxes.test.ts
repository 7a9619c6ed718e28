import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openOutbox } from '../../alerts/index.ts';
import { busError } from '../../core/bus/errors.ts';
import { createLogger } from '../../core/log.ts';
import { createMetrics } from '../../core/metrics.ts';
import { systemClock } from '../../core/runtime/clock.ts';
import type { AlertEvent } from '../../core/schema/alert.ts';
import type { RoleContext } from '../role.ts';
import { deliverLeftovers } from './leftover-outboxes.ts';

const deps = { clock: systemClock, log: createLogger({ level: 'silent' }), metrics: createMetrics() };
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'xueliang-leftovers-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const event: AlertEvent = {
  schemaVersion: 1,
  eventId: '01ARZ3NDEKTSV4RRFFQ69G0001.ended',
  alertId: '01ARZ3NDEKTSV4RRFFQ69G0001',
  cameraId: 'gate',
  place: '431103110201',
  at: 1,
  type: 'ended',
  endedAt: 1,
};

/** A worker's outbox with one event in it that the bus did not take. */
const leave = async (worker: string): Promise<void> => {
  const bus = { appendAlertEvent: () => Promise.reject(busError('bus-unavailable', 'away')) };
  const outbox = await openOutbox({ folder: path.join(folder, worker), bus, ...deps });
  await outbox.put(event);
  await outbox.close();
};

const deliver = async (id: string, workers: number): Promise<string[]> => {
  const taken: string[] = [];
  const context = {
    ...deps,
    id,
    signal: new AbortController().signal,
    resources: { site: () => ({ workers }) },
    bus: {
      appendAlertEvent: async ({ eventId }: AlertEvent) => {
        taken.push(eventId);
        return { sequence: 1, isDuplicate: false };
      },
    },
  } as unknown as RoleContext;
  await deliverLeftovers(context, folder);
  return taken;
};

test('delivers what a worker left that the site no longer has', async () => {
  await leave('worker-3');

  expect(await deliver('worker-1', 2)).toEqual([event.eventId]);
});

test.each([
  ['of a worker that is there', 'worker-2', 'worker-1'],
  ['when it is not the first worker', 'worker-3', 'worker-2'],
])('leaves an outbox alone %s', async (_, left, id) => {
  await leave(left);

  expect(await deliver(id, 2)).toEqual([]);
});
