import { expect, test } from 'vitest';
import { SimulatedClock } from '../../core/runtime/simulated-clock.ts';
import { RecentKeys } from './recent-keys.ts';

test('what was noted is known for its time, and of too many the oldest goes', async () => {
  const clock = new SimulatedClock();
  const keys = new RecentKeys<number>(clock, { forMs: 1000, maxKeys: 2 });
  keys.note('a', 1);
  keys.note('__proto__', 2);
  keys.note('a', 3);
  keys.note('constructor', 4);

  expect(['a', '__proto__', 'constructor', 'toString'].map((key) => keys.get(key))).toEqual([
    ...[3, undefined, 4, undefined],
  ]);
  keys.forget('constructor');
  await clock.advance(1000);
  expect(['a', 'constructor'].map((key) => keys.get(key))).toEqual([undefined, undefined]);
});
