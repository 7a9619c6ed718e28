import { expect, test } from 'vitest';
import { SimulatedClock } from '../../core/runtime/simulated-clock.ts';
import { OpenExplanations } from './open-explanations.ts';

const record = (at: number) => ({
  minutes: [],
  tierChanges: [{ at, tier: 'awake' as const, reason: 'opened' as const }],
});

test('gives each question its own answer, and does not mind one that nobody waits for', async () => {
  const open = new OpenExplanations(new SimulatedClock());
  const asked = [open.ask(() => undefined), open.ask(() => undefined)];

  open.came(2, record(2));
  open.came(1, record(1));
  open.came(3, record(3));

  expect(await Promise.all(asked)).toEqual([record(1), record(2)]);
});

test('lets no more than 64 questions wait', async () => {
  const open = new OpenExplanations(new SimulatedClock());
  const posted: number[] = [];
  const asked = Array.from({ length: 70 }, () => open.ask((ticket) => posted.push(ticket)));

  open.lost();

  expect(await Promise.all(asked)).toEqual(new Array(70).fill(undefined));
  expect(posted).toHaveLength(64);
});
