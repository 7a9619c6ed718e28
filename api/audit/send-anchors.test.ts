import { afterEach, beforeEach, expect, test } from 'vitest';
import { createAuditLog } from '../../core/audit/audit-log.ts';
import { createLogger } from '../../core/log.ts';
import { createMetrics, type Metrics } from '../../core/metrics.ts';
import { SimulatedClock } from '../../core/runtime/simulated-clock.ts';
import type { AuditAnchor } from '../../core/schema/audit.ts';
import { ScriptedBus } from '../../test/fixtures/api/scripted-bus.ts';
import { sendAnchors } from './send-anchors.ts';

const hour = 3_600_000;
let bus: ScriptedBus;
let clock: SimulatedClock;
let metrics: Metrics;
let taken: AuditAnchor[];
let tries: number[];
let answer: () => Promise<void>;
let anchors: ReturnType<typeof sendAnchors>;

beforeEach(() => {
  bus = new ScriptedBus();
  clock = new SimulatedClock();
  metrics = createMetrics();
  taken = [];
  tries = [];
  answer = async () => undefined;
  const send = async (anchor: AuditAnchor): Promise<void> => {
    tries.push(clock.monotonic());
    await answer();
    taken.push(anchor);
  };
  anchors = sendAnchors({ bus, clock, log: createLogger({ level: 'silent' }), metrics, send });
});
afterEach(async () => {
  answer = async () => undefined;
  await anchors.close();
});

const record = () =>
  createAuditLog({ bus, clock }).record({ who: 'wang', what: 'signedIn', target: 'users/wang' });
const refuse = async (): Promise<void> => {
  throw new Error('answered 500');
};

test('the head is sent at once, every hour and once more when closed', async () => {
  await clock.advance(0);
  await record();
  await clock.advance(hour);
  await record();
  await anchors.close();
  await anchors.close();

  expect(taken.map(({ number }) => number)).toEqual([0, 1, 2]);
  expect(taken.slice(1).map(({ hash }) => hash)).toEqual(bus.stored('AUDIT').map(({ value }) => value.hash));
});

test('what was not taken is tried again, less and less often, until the next is due', async () => {
  await clock.advance(0);
  taken.splice(0);
  tries.splice(0);
  answer = refuse;
  await clock.advance(2 * hour);

  const gaps = tries.slice(1).map((at, index) => at - (tries[index] ?? 0));
  expect(gaps[0]).toBeLessThanOrEqual(5000);
  expect(Math.max(...gaps.slice(0, -1))).toBeLessThanOrEqual(300_000);
  expect(tries.length).toBeGreaterThan(10);
  expect(tries.at(-1)).toBe(2 * hour);
  expect(await metrics.text()).toContain(`xueliang_api_audit_anchor_failures_total ${tries.length}`);

  answer = async () => undefined;
  await record();
  await clock.advance(300_000);
  expect(taken.map(({ number }) => number)).toEqual([1]);
});

test('a day in which none was taken is told, with when the last one was', async () => {
  await clock.advance(hour);
  const lastTakenAt = clock.now();
  answer = refuse;
  await clock.advance(24 * hour - 1);
  expect(anchors.lateSince()).toBeUndefined();

  await clock.advance(1);
  expect(anchors.lateSince()).toBe(lastTakenAt);

  answer = async () => undefined;
  await clock.advance(hour);
  expect(anchors.lateSince()).toBeUndefined();
});

test('an auditor who does not answer holds up the end for five seconds alone', async () => {
  await clock.advance(0);
  answer = () => new Promise(() => undefined);
  const closing = anchors.close();
  await clock.advance(5000);

  await closing;
});

test('a log that cannot be read is a failure like any other', async () => {
  bus.lastAudit = refuse as typeof bus.lastAudit;
  await clock.advance(hour);

  expect(taken).toHaveLength(1);
  expect(await metrics.text()).toMatch(/xueliang_api_audit_anchor_failures_total [1-9]/);
});
