import { expect, test } from 'vitest';
import { Credit } from './credit.ts';

const spend = (credit: Credit, seconds: number): boolean => {
  for (let second = 0; second < seconds; second++) credit.count(false, 1_000);
  return credit.isUsedUp;
};

test('lasts two seconds of weak boxes from the start', () => {
  expect(spend(new Credit(), 2)).toBe(false);
  expect(spend(new Credit(), 3)).toBe(true);
});

test('grows with the time in which the model was sure, up to ten minutes', () => {
  const credit = new Credit();
  for (let second = 0; second < 10; second++) credit.count(true, 1_000);
  expect(spend(credit, 22)).toBe(false);
  expect(spend(credit, 1)).toBe(true);

  const rich = new Credit();
  for (let second = 0; second < 5_000; second++) rich.count(true, 1_000);
  expect(spend(rich, 600)).toBe(false);
  expect(spend(rich, 1)).toBe(true);
});
