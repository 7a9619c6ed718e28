import { expect, test } from 'vitest';
import { SimulatedClock } from '../../core/runtime/simulated-clock.ts';
import { SecretCheck } from './secret-check.ts';

/** A check that counts, and that takes as long as the test wants. */
const countedCheck = (clock = new SimulatedClock()) => {
  const calls: string[] = [];
  let release = (): void => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const check = new SecretCheck(clock, async (secret, hash) => {
    calls.push(secret);
    await held;
    return `hash of ${secret}` === hash;
  });
  return { check, calls, release: () => release(), clock };
};

test('a right secret is checked once in five minutes, a wrong one every time', async () => {
  const { check, calls, release, clock } = countedCheck();
  release();
  for (const secret of ['right', 'right', 'wrong', 'wrong']) await check.isRight(secret, 'hash of right');
  await clock.advance(5 * 60_000);
  await check.isRight('right', 'hash of right');

  expect(calls).toEqual(['right', 'wrong', 'wrong', 'right']);
});

test('a new hash of a user is checked, however right the old one was', async () => {
  const { check, release } = countedCheck();
  release();

  expect(await check.isRight('right', 'hash of right')).toBe(true);
  expect(await check.isRight('right', 'hash of other')).toBe(false);
});

test('requests with one secret at once cost one check', async () => {
  const { check, calls, release } = countedCheck();
  const answers = Array.from({ length: 100 }, () => check.isRight('right', 'hash of right'));
  release();

  expect(await Promise.all(answers)).toEqual(Array(100).fill(true));
  expect(calls).toEqual(['right']);
});

test('two checks run at once, thirty-two wait, the others are refused', async () => {
  const { check, calls, release } = countedCheck();
  const asked = Array.from({ length: 40 }, (_, index) => check.isRight(`wrong ${index}`, 'hash of right'));
  const outcomes = Promise.allSettled(asked);
  await Promise.resolve();
  expect(calls).toHaveLength(2);
  release();

  const refused = (await outcomes).filter((outcome) => outcome.status === 'rejected');
  expect(refused).toHaveLength(40 - 2 - 32);
  expect(refused[0]).toMatchObject({ reason: { code: 'sign-in-busy' } });
  expect(calls).toHaveLength(34);
});
