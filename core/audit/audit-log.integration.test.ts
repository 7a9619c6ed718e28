import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestBus, type TestBus } from '../../test/fixtures/test-bus.ts';
import type { ConnectedBus } from '../bus/connect-bus.ts';
import { systemClock } from '../runtime/clock.ts';
import type { AuditRecord } from '../schema/audit.ts';
import { createAuditLog } from './audit-log.ts';
import { ChainCheck } from './chain.ts';

let testBus: TestBus;
let buses: ConnectedBus[];

beforeAll(async () => {
  testBus = await openTestBus();
  const first = await testBus.connectWithStreams('api-1');
  buses = [first, ...(await Promise.all(['api-2', 'alerts-1'].map(testBus.connect)))];
});

afterAll(() => testBus.close());

test('what several processes write at once is one chain, in which nothing is lost', async () => {
  const [first] = buses;
  if (!first) throw new TypeError('no bus');
  const logs = buses.map((bus) => createAuditLog({ bus, clock: systemClock }));
  const asked = logs.flatMap((log, who) =>
    Array.from({ length: 20 }, (_, index) =>
      log.record({ who: `role-${who}`, what: 'evidenceSeen', target: `alerts/${index}/clip` }),
    ),
  );
  await Promise.all(asked);

  const records: AuditRecord[] = [];
  const reading = new AbortController();
  await first.follow({
    ...{ stream: 'AUDIT', from: 'all', signal: reading.signal },
    onMessage: ({ value }) => {
      records.push(value);
      if (records.length === 60) reading.abort();
    },
  });

  const check = new ChainCheck([]);
  for (const record of records) check.take(record);
  expect(check.end()).toMatchObject({ head: { number: 60 }, fault: undefined });
  const own = records.filter(({ entry }) => entry.who === 'role-1').map(({ entry }) => entry.target);
  expect(own).toEqual(Array.from({ length: 20 }, (_, index) => `alerts/${index}/clip`));
});
