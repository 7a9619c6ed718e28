import { expect, test } from 'vitest';
import { SimulatedClock } from '../../core/runtime/simulated-clock.ts';
import { FailureLimit } from './failure-limit.ts';

const limitWith = (clock: SimulatedClock, maxKeys = 100) =>
  new FailureLimit({ clock, allowed: 3, lockMs: 1000, maxLockMs: 8000, maxKeys });

const failTimes = (limit: FailureLimit, key: string, times: number): void => {
  for (let time = 0; time < times; time++) limit.fail(key);
};

test('failures below the limit are forgiven', () => {
  const limit = limitWith(new SimulatedClock());
  failTimes(limit, 'a', 2);

  expect(limit.lockedForMs('a')).toBe(0);
});

test('each failure from the limit on doubles the lock, up to the longest', () => {
  const limit = limitWith(new SimulatedClock());
  const locks = Array.from({ length: 8 }, () => {
    limit.fail('a');
    return limit.lockedForMs('a');
  });

  expect(locks).toEqual([0, 0, 1000, 2000, 4000, 8000, 8000, 8000]);
});

test('a lock ends with time and is of its key alone', async () => {
  const clock = new SimulatedClock();
  const limit = limitWith(clock);
  failTimes(limit, 'a', 3);
  clock.jump(3_600_000);

  expect(limit.lockedForMs('b')).toBe(0);
  expect(limit.lockedForMs('a')).toBe(1000);
  await clock.advance(1000);
  expect(limit.lockedForMs('a')).toBe(0);
});

test('failures long ago do not count any more', async () => {
  const clock = new SimulatedClock();
  const limit = limitWith(clock);
  failTimes(limit, 'a', 3);
  await clock.advance(8001);
  limit.fail('a');

  expect(limit.lockedForMs('a')).toBe(0);
});

test('success wipes the slate', () => {
  const limit = limitWith(new SimulatedClock());
  failTimes(limit, 'a', 3);
  limit.succeed('a');

  expect(limit.lockedForMs('a')).toBe(0);
});

test('keys are bounded, the longest untouched goes first', () => {
  const limit = limitWith(new SimulatedClock(), 10);
  failTimes(limit, 'first', 3);
  for (let key = 0; key < 10; key++) limit.fail(String(key));

  expect(limit.size).toBe(10);
  expect(limit.lockedForMs('first')).toBe(0);
});

test.each(['__proto__', 'constructor', 'toString'])('the key %s is a key like any other', (key) => {
  const limit = limitWith(new SimulatedClock());

  expect(limit.lockedForMs(key)).toBe(0);
  failTimes(limit, key, 3);
  expect(limit.lockedForMs(key)).toBe(1000);
});
