import { expect, test } from 'vitest';
import { SimulatedClock } from '../core/runtime/simulated-clock.ts';
import { ConnectBudget } from './connect-budget.ts';

const never = new AbortController().signal;

const countingBudget = () => {
  const clock = new SimulatedClock();
  const budget = new ConnectBudget({ clock, burst: 3, perSecond: 2 });
  const granted: string[] = [];
  const ask = (installation: string, name: string, signal = never): Promise<void> =>
    budget.acquire(installation, signal).then(() => {
      if (!signal.aborted) granted.push(name);
    });
  return { clock, budget, granted, ask };
};

test('lets a burst through and the rest one after the other, in the order they asked', async () => {
  const { clock, budget, granted, ask } = countingBudget();

  const asked = ['a', 'b', 'c', 'd', 'e'].map((name) => ask('town', name));
  await clock.advance(0);
  expect(granted).toEqual(['a', 'b', 'c']);
  expect(budget.waiting('town')).toBe(2);

  await clock.advance(500);
  expect(granted).toEqual(['a', 'b', 'c', 'd']);
  await clock.advance(500);
  await Promise.all(asked);
  expect(granted).toEqual(['a', 'b', 'c', 'd', 'e']);
});

test('keeps sites apart', async () => {
  const { clock, granted, ask } = countingBudget();

  for (const name of ['a', 'b', 'c', 'd']) void ask('town', name);
  void ask('village', 'v');
  await clock.advance(0);

  expect(granted).toContain('v');
  expect(granted).not.toContain('d');
});

test('saves no more than a burst while nobody asks', async () => {
  const { clock, granted, ask } = countingBudget();

  void ask('town', 'first');
  await clock.advance(60_000);
  for (const name of ['a', 'b', 'c', 'd']) void ask('town', name);
  await clock.advance(0);

  expect(granted).toEqual(['first', 'a', 'b', 'c']);
});

test('lets go of one who no longer wants it without taking a turn', async () => {
  const { clock, budget, granted, ask } = countingBudget();
  const gone = new AbortController();
  for (const name of ['a', 'b', 'c']) void ask('town', name);
  void ask('town', 'gone', gone.signal);
  void ask('town', 'd');
  await clock.advance(100);

  gone.abort();
  await clock.advance(400);

  expect(granted).toEqual(['a', 'b', 'c', 'd']);
  expect(budget.waiting('town')).toBe(0);
});
