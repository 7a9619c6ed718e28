import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestBus, type TestBus } from '../../test/fixtures/test-bus.ts';
import type { ConnectedBus } from './connect-bus.ts';

let testBus: TestBus;
let buses: ConnectedBus[];

beforeAll(async () => {
  testBus = await openTestBus();
  buses = await Promise.all(['api-1', 'alerts-1', 'alerts-2'].map(testBus.connect));
});

afterAll(() => testBus.close());

const command = () =>
  buses[0]?.commandLoudspeaker({
    ...{ commandId: randomUUID(), loudspeakerId: 'pond-1', recording: 'keep-off', by: 'wang' },
  });

test('one of several roles speaks for each command; without a role nothing is said', async () => {
  expect(await command()).toBeUndefined();
  const spoken: string[] = [];
  const forget = buses.slice(1).map((bus) =>
    bus.answerLoudspeakers(async ({ commandId }) => {
      spoken.push(commandId);
      return { commandId, at: 1, outcome: 'accepted' };
    }),
  );
  await Promise.all(buses.map((bus) => bus.nats.flush()));

  const told = await Promise.all(Array.from({ length: 10 }, command));

  expect(told.map((answer) => answer?.outcome)).toEqual(Array.from({ length: 10 }, () => 'accepted'));
  expect(spoken.toSorted()).toEqual(told.map((answer) => answer?.commandId ?? '').toSorted());
  for (const end of forget) end();
});
