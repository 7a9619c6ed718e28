import { expect, test } from 'vitest';
import type { StreamUsage } from '../../core/schema/bus-usage.ts';
import { startAt, village } from '../../test/fixtures/api/alert-events.ts';
import {
  basic,
  nothingInside,
  testApi,
  testHash,
  testSecret,
  township,
} from '../../test/fixtures/api/test-api.ts';
import type { AuditCheck } from '../inside.ts';

const stream: StreamUsage = {
  ...{ name: 'ALERTS', messages: 7, bytes: 4000, maxBytes: 10_000, maxAgeMs: 0, whenFull: 'refuses' },
  ...{ lastSequence: 7, lastAt: startAt },
  consumers: [{ name: 'history', pending: 2, unacknowledged: 1, redelivered: 0, sequence: 5 }],
};
const hash = 'a'.repeat(64);
const check: AuditCheck = {
  ...{ at: startAt, anchors: 2, lastAnchor: { at: startAt - 1, number: 3, hash } },
  stream: { first: 1, head: { number: 4, hash }, fault: { number: 3, fault: 'changed' } },
  history: { first: 1, head: { number: 4, hash }, fault: undefined },
};
const model = {
  ...{ id: 'yolox-nano-416', title: 'YOLOX-Nano', role: 'fallback' as const, variantOf: null },
  ...{ isCached: true, isOwn: false, decoder: 'yolox', input: '416×416', labels: ['person' as const] },
  ...{ costMs: 12, accuracy: [], licence: 'Apache-2.0', project: 'https://example.org', notes: [] },
  ...{ fileName: 'm.onnx', sizeBytes: 9, sha256: hash },
};

test('the bus says how full it is, and who reads it', async () => {
  const { app } = testApi({ inside: { ...nothingInside, streams: async () => [stream] } });

  expect((await app.inject('/api/v1/bus')).json()).toEqual({ streams: [stream], subscribers: [] });
});

test('a model says who runs it', async () => {
  const { app } = testApi({ inside: { ...nothingInside, models: async () => [model] } });

  expect((await app.inject('/api/v1/models')).json()).toEqual({ items: [{ ...model, usedBy: [] }] });
});

test('the audit log is read once for all who ask at the same time', async () => {
  let readings = 0;
  const checkAudit = async () => {
    readings++;
    await new Promise((resolve) => setImmediate(resolve));
    return check;
  };
  const { app } = testApi({ inside: { ...nothingInside, checkAudit } });
  const [one, other] = await Promise.all([
    app.inject('/api/v1/audit/check'),
    app.inject('/api/v1/audit/check'),
  ]);

  expect(one.json()).toEqual({
    ...{ at: startAt, isSound: false, anchors: 2, lastAnchor: { at: startAt - 1, number: 3, hash } },
    stream: { first: 1, last: 4, fault: { number: 3, fault: 'changed' } },
    history: { first: 1, last: 4 },
  });
  expect(other.json()).toEqual(one.json());
  expect(readings).toBe(1);
});

test.each([
  ['/api/v1/bus', 'operator', 403],
  ['/api/v1/models', 'operator', 403],
  ['/api/v1/models/sweeps', 'operator', 403],
  ['/api/v1/audit/check', 'systemAdministrator', 403],
  ['/api/v1/bus', 'systemAdministrator', 200],
  ['/api/v1/models', 'engineer', 200],
  ['/api/v1/models/sweeps', 'engineer', 200],
  ['/api/v1/audit/check', 'auditor', 200],
] as const)('%s asked by the role %s answers %i', async (url, role, status) => {
  const { app, resources } = testApi();
  resources.userList.push({ id: 'wang', roles: [role], ground: township, passwordHash: testHash });

  expect((await app.inject({ url, headers: basic('wang', testSecret) })).statusCode).toBe(status);
});

test.each(['/api/v1/bus', '/api/v1/models/sweeps'])('%s is not for a part of the site', async (url) => {
  const { app, resources } = testApi();
  resources.userList.push({ id: 'wang', roles: ['engineer'], ground: village, passwordHash: testHash });
  const answer = await app.inject({ url, headers: basic('wang', testSecret) });

  expect([answer.statusCode, answer.json().code]).toEqual([403, 'ground-forbidden']);
});
