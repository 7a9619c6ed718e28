import { afterEach, beforeEach, expect, test } from 'vitest';
import { chainOn, emptyHead } from '../../core/audit/chain.ts';
import { createLogger } from '../../core/log.ts';
import { createMetrics } from '../../core/metrics.ts';
import { SimulatedClock } from '../../core/runtime/simulated-clock.ts';
import type { AuditRecord } from '../../core/schema/audit.ts';
import { ScriptedBus } from '../../test/fixtures/api/scripted-bus.ts';
import { ScriptedHistory } from '../../test/fixtures/api/scripted-history.ts';
import { keepAuditRoom } from './keep-room.ts';

const day = 86_400_000;
const tenMinutes = 600_000;
let bus: ScriptedBus;
let history: ScriptedHistory;
let clock: SimulatedClock;
let room: ReturnType<typeof keepAuditRoom>;
let records: AuditRecord[];

beforeEach(() => {
  bus = new ScriptedBus();
  history = new ScriptedHistory();
  clock = new SimulatedClock();
  const deps = { clock, log: createLogger({ level: 'silent' }), metrics: createMetrics() };
  room = keepAuditRoom({ bus, history, ...deps });
  records = [];
  for (let index = 0; index < 600; index++) {
    const entry = { at: index, who: 'wang', what: 'evidenceSeen', target: 'alerts/1/clip' } as const;
    const record = chainOn(records.at(-1) ?? emptyHead, entry);
    records.push(record);
    bus.push('AUDIT', record);
  }
});
afterEach(() => room.close());

const fill = async (share: number): Promise<void> => {
  bus.usedBytes = share * 1024 ** 2;
  await clock.advance(tenMinutes);
  for (let wait = 0; wait < 4; wait++) await clock.advance(5000);
};

test.each([
  [0.69, undefined],
  [0.71, 'filling'],
  [0.86, 'nearly-full'],
] as const)('a stream that is full to %d is an alarm: %s', async (share, alarm) => {
  await fill(share);

  expect(room.latest()).toMatchObject({ share: expect.closeTo(share), alarm });
});

test('nothing is let go while there is room', async () => {
  await history.writeAudit(records);
  await fill(0.4);

  expect(bus.auditAges).toEqual([]);
});

test('what the history has confirmed is let go, the oldest first', async () => {
  await history.writeAudit(records);
  await fill(0.6);
  await fill(0.6);
  await fill(0.75);
  await fill(0.75);
  await fill(0.75);

  expect(bus.auditAges).toEqual([30 * day, 7 * day, day]);
});

test('an age that somebody set back is set again when the stream fills', async () => {
  await history.writeAudit(records);
  await fill(0.6);
  bus.auditAge = 0;
  await fill(0.6);

  expect(bus.auditAges).toEqual([30 * day, 30 * day]);
});

test('an age that was set before a restart is given up when the history cannot follow', async () => {
  bus.auditAge = 7 * day;
  await fill(0.1);

  expect(bus.auditAges).toEqual([0]);
});

test.each([
  ['lacks the newest', () => records.slice(0, -1)],
  ['lacks one in between', () => records.filter(({ number }) => number !== 300)],
  [
    'has another',
    () => records.map((one) => (one.number === 300 ? { ...one, entry: { ...one.entry, who: 'li' } } : one)),
  ],
  ['has none', () => []],
])('nothing is let go when the history %s', async (_, kept) => {
  await history.writeAudit(kept());
  await fill(0.9);

  expect(bus.auditAges).toEqual([]);
});

test('everything is kept again as soon as the history cannot follow', async () => {
  await history.writeAudit(records);
  await fill(0.6);
  const last = records.at(-1);
  if (!last) throw new TypeError('no record');
  bus.push('AUDIT', chainOn(last, { at: 1, who: 'li', what: 'signedIn', target: 'users/li' }));
  await fill(0.6);

  expect(bus.auditAges).toEqual([30 * day, 0]);
});
