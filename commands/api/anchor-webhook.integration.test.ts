import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { sendAnchors } from '../../api/audit/send-anchors.ts';
import { parseAnchors } from '../../core/audit/anchors.ts';
import { createAuditLog } from '../../core/audit/audit-log.ts';
import { verifyAudit } from '../../core/audit/verify-audit.ts';
import type { ConnectedBus } from '../../core/bus/connect-bus.ts';
import { createLogger } from '../../core/log.ts';
import { createMetrics } from '../../core/metrics.ts';
import { systemClock } from '../../core/runtime/clock.ts';
import { openRecordedGateway, type RecordedGateway } from '../../test/fixtures/alerts/recorded-gateway.ts';
import { openTestBus, type TestBus } from '../../test/fixtures/test-bus.ts';
import { createAnchorWebhook } from './anchor-webhook.ts';

const secret = 'of-the-auditor';
let testBus: TestBus;
let bus: ConnectedBus;
let auditor: RecordedGateway;

beforeEach(async () => {
  testBus = await openTestBus();
  bus = await testBus.connectWithStreams('api');
  auditor = await openRecordedGateway();
});
afterEach(async () => {
  await auditor.close();
  await testBus.close();
});

const open = (isPrivate = true) => {
  const metrics = createMetrics();
  const deps = { clock: systemClock, log: createLogger({ level: 'silent' }), metrics };
  const webhook = { url: `${auditor.url}/anchors`, credentials: 'auditor', isPrivate };
  const secrets = { service: () => ({ password: secret }) };
  return {
    metrics,
    anchors: sendAnchors({ bus, ...deps, send: createAnchorWebhook(webhook, { ...deps, secrets }) }),
  };
};
const record = async (who: string, count = 3): Promise<void> => {
  const log = createAuditLog({ bus, clock: systemClock });
  for (let index = 0; index < count; index++)
    await log.record({ who, what: 'evidenceSeen', target: `alerts/${index}/clip` });
};
/** As the auditor keeps it. */
const received = (): string => auditor.requests.map(({ body }) => `${body}\n`).join('');

test('what the auditor received is signed, and a log that is written anew does not fit it', async () => {
  await record('wang');
  const { anchors } = open();
  await vi.waitFor(() => expect(auditor.requests).toHaveLength(1), 5000);
  await record('wang', 1);
  await anchors.close();

  const [{ headers = {}, body = '', path = '' } = {}] = auditor.requests;
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
  expect(path).toBe('/anchors');
  expect(headers['webhook-id']).toMatch(/^anchor\.3\.\d+$/);
  expect(headers['webhook-signature']).toBe(
    `v1,${createHmac('sha256', secret).update(signed).digest('base64')}`,
  );

  const kept = parseAnchors(received());
  expect(kept.map(({ number }) => number)).toEqual([3, 4]);
  expect((await verifyAudit(bus, kept, Date.now())).stream).toMatchObject({
    head: { number: 4 },
    fault: undefined,
  });

  await testBus.removeStream('AUDIT');
  await testBus.connectWithStreams('up');
  await record('li', 4);
  expect((await verifyAudit(bus, kept, Date.now())).stream.fault).toEqual({ number: 3, fault: 'rewritten' });
});

test('what the auditor could not take is sent again', async () => {
  await record('wang');
  auditor.answer = (_, before) => (before === 0 ? 503 : 204);
  const { anchors, metrics } = open();

  await vi.waitFor(() => expect(auditor.requests).toHaveLength(2), { timeout: 10_000 });
  await anchors.close();

  expect(parseAnchors(received()).map(({ number }) => number)).toEqual([3, 3, 3]);
  expect(await metrics.text()).toContain('xueliang_api_audit_anchor_failures_total 1');
});

test('nothing is sent into a private network unless the setting says so', async () => {
  const { anchors, metrics } = open(false);
  await vi.waitFor(
    async () => expect(await metrics.text()).toContain('xueliang_api_audit_anchor_failures_total'),
    5000,
  );
  await anchors.close();

  expect(auditor.requests).toEqual([]);
});
