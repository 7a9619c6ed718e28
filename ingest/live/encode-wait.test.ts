import { expect, test } from 'vitest';
import { EncodeWait } from './encode-wait.ts';

/** An encoder that holds two, given as many pictures of a camera of 25 a second. */
const given = (pictures: number) => {
  const clock = { ms: 0, monotonic: () => clock.ms };
  const wait = new EncodeWait(clock, 2);
  for (let picture = 0; picture < pictures; picture++) wait.given(100 + picture / 25);
  return { clock, wait };
};

test('what came before the first picture waits from then on: an encoder takes its time to start', () => {
  const { clock, wait } = given(60);

  clock.ms = 1400;
  expect(wait.isLate).toBe(false);
  wait.out(5);
  clock.ms = 1700;
  expect(wait.isLate).toBe(false);
  clock.ms = 1801;
  expect(wait.isLate).toBe(true);
});

test('an encoder that does not start is late, but not before it has what it looks at', () => {
  const [few, many] = [given(30), given(31)];
  few.clock.ms = 5000;
  many.clock.ms = 1501;

  expect([few.wait.isLate, many.wait.isLate]).toEqual([false, true]);
});

test('late once, it stays so until it has only what it holds', () => {
  const { clock, wait } = given(10);
  wait.out(5);
  clock.ms = 500;
  expect(wait.isLate).toBe(true);

  wait.out(5 + 5 / 25);
  expect(wait.isLate).toBe(true);
  wait.out(5 + 6 / 25);
  expect(wait.isLate).toBe(false);
});

test('the two pictures that it holds are never late', () => {
  const { clock, wait } = given(3);
  wait.out(5);
  clock.ms = 60_000;

  expect(wait.isLate).toBe(false);
});

test('goes on where times begin anew', () => {
  const { wait } = given(3);
  const last = 2 ** 33 / 90_000 - 0.04;
  wait.out(last);
  wait.out(0.04);

  expect(wait.isLate).toBe(false);
});
