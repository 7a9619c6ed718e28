import { afterEach, beforeEach, expect, test } from 'vitest';
import { createAuditLog } from '../../core/audit/audit-log.ts';
import { verifyAudit } from '../../core/audit/verify-audit.ts';
import type { ConnectedBus } from '../../core/bus/connect-bus.ts';
import { createLogger } from '../../core/log.ts';
import { createMetrics } from '../../core/metrics.ts';
import { systemClock } from '../../core/runtime/clock.ts';
import { SimulatedClock } from '../../core/runtime/simulated-clock.ts';
import type { AuditRecord } from '../../core/schema/audit.ts';
import { ScriptedHistory } from '../../test/fixtures/api/scripted-history.ts';
import { openTestBus, type TestBus } from '../../test/fixtures/test-bus.ts';
import { keepAuditRoom } from './keep-room.ts';

const day = 86_400_000;
let testBus: TestBus;
let bus: ConnectedBus;
let history: ScriptedHistory;
let forgetRows: () => void;

beforeEach(async () => {
  testBus = await openTestBus();
  bus = await testBus.connectWithStreams('api');
  history = new ScriptedHistory();
  forgetRows = bus.answerAuditRows((request) => history.auditRows(request));
});
afterEach(async () => {
  forgetRows();
  await testBus.close();
});

const record = async (count: number): Promise<void> => {
  const log = createAuditLog({ bus, clock: systemClock });
  for (let index = 0; index < count; index++)
    await log.record({ who: 'wang', what: 'evidenceSeen', target: `alerts/${index}/clip` });
};
const inStream = async (): Promise<AuditRecord[]> => {
  const records: AuditRecord[] = [];
  const reading = new AbortController();
  await bus.follow({
    ...{ stream: 'AUDIT', from: 'all', signal: reading.signal },
    onMessage: ({ value }) => records.push(value),
    onCaughtUp: () => reading.abort(),
  });
  return records;
};
/** Both are looked at long after all was written. */
const verify = () => verifyAudit(bus, [], systemClock.now() + 120_000);
const letGo = async (): Promise<void> => {
  await bus.limitAuditAge(1000);
  await expect.poll(async () => (await bus.streamUsage('AUDIT')).bytes, { timeout: 10_000 }).toBe(0);
};

test('the server takes the age, keeps it, and it is read back by a role that starts later', async () => {
  await record(3);
  await history.writeAudit(await inStream());
  const usage = { bytes: 60, maxBytes: 100, lastSequence: 3 };
  const clock = new SimulatedClock();
  const filling: Pick<ConnectedBus, 'streamUsage'> = {
    streamUsage: async (stream) => ({ ...(await bus.streamUsage(stream)), ...usage }),
  };
  const deps = { clock, log: createLogger({ level: 'silent' }), metrics: createMetrics() };
  const turnOf = async (age: number): Promise<void> => {
    const of = { ...filling, isConnected: true };
    const room = keepAuditRoom({
      ...deps,
      history,
      bus: { ...of, lastAudit: () => bus.lastAudit(), limitAuditAge: (ms) => bus.limitAuditAge(ms) },
    });
    await clock.advance(600_000);
    await expect.poll(async () => (await bus.streamUsage('AUDIT')).maxAgeMs).toBe(age);
    await room.close();
  };

  await turnOf(30 * day);
  usage.bytes = 75;
  await turnOf(7 * day);
  await testBus.connectWithStreams('up'); // as a restart of the program does
  expect((await bus.streamUsage('AUDIT')).maxAgeMs).toBe(0);
  await turnOf(30 * day);
});

test('what is too old goes, and the chain goes on over the seam', async () => {
  await record(5);
  await history.writeAudit(await inStream());
  await letGo();
  await bus.limitAuditAge(0);
  await record(3);

  expect((await inStream()).map(({ number }) => number)).toEqual([6, 7, 8]);
  await history.writeAudit(await inStream());
  expect(await verify()).toMatchObject({
    stream: { first: 6, head: { number: 8 }, fault: undefined },
    history: { first: 1, head: { number: 8 }, fault: undefined },
  });
});

test('a stream that has let all go is told apart from one that was removed', async () => {
  await record(4);
  await history.writeAudit(await inStream());
  await letGo();
  expect((await verify()).stream).toMatchObject({ first: 0, fault: undefined });

  await testBus.removeStream('AUDIT');
  await testBus.connectWithStreams('up');
  expect((await verify()).stream.fault).toEqual({ number: 1, fault: 'remade' });

  await record(2);
  await history.writeAudit(await inStream());
  expect(await verify()).toMatchObject({
    stream: { first: 5, fault: { number: 5, fault: 'remade' } },
    history: { head: { number: 6 }, fault: undefined },
  });
});
