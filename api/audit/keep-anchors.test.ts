import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parseAnchors } from '../../core/audit/anchors.ts';
import { createAuditLog } from '../../core/audit/audit-log.ts';
import { createLogger } from '../../core/log.ts';
import { createMetrics } from '../../core/metrics.ts';
import { SimulatedClock } from '../../core/runtime/simulated-clock.ts';
import { ScriptedBus } from '../../test/fixtures/api/scripted-bus.ts';
import { keepAnchors } from './keep-anchors.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'xueliang-anchors-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const kept = (file: string) => {
  const bus = new ScriptedBus();
  const clock = new SimulatedClock(1_767_614_400_000);
  const metrics = createMetrics();
  const anchors = keepAnchors({ bus, clock, log: createLogger({ level: 'silent' }), metrics, file });
  return { bus, clock, metrics, anchors, log: createAuditLog({ bus, clock }) };
};

test('the head is added every hour and when closed', async () => {
  const file = path.join(folder, 'anchors');
  const { log, clock, anchors, bus } = kept(file);
  await log.record({ who: 'wang', what: 'signedIn', target: 'users/wang' });
  await clock.advance(60 * 60_000);
  await expect.poll(() => readFile(file, 'utf8').catch(() => '')).toContain('"number":1');
  await log.record({ who: 'wang', what: 'signedOut', target: 'users/wang' });
  await anchors.close();
  await anchors.close();

  const written = parseAnchors(await readFile(file, 'utf8'));
  expect(written.map(({ number }) => number)).toEqual([1, 2]);
  expect(written.map(({ hash }) => hash)).toEqual(bus.stored('AUDIT').map(({ value }) => value.hash));
});

test('a file that cannot be written to is told of and ends nothing', async () => {
  const { anchors, metrics } = kept(path.join(folder, 'missing', 'anchors'));

  await anchors.close();

  expect(await metrics.text()).toContain('xueliang_api_audit_anchor_failures_total 1');
});
