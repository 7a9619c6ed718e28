import { expect, test } from 'vitest';
import { CameraTurns } from './camera-turns.ts';

test('changes of one camera come one after the other', async () => {
  const turns = new CameraTurns();
  const done: number[] = [];
  const first = Promise.resolve().then(() => undefined);
  turns.run('gate-1', () => first.then(() => void done.push(1)));
  turns.run('gate-1', async () => void done.push(2));
  turns.run('lane-2', async () => void done.push(3));
  await turns.ended();

  expect(done.filter((number) => number < 3)).toEqual([1, 2]);
  expect(done).toContain(3);
});

test('cameras for which nothing is left to do are forgotten', async () => {
  const turns = new CameraTurns();
  for (let index = 0; index < 1000; index++) turns.run(`camera-${index}`, async () => undefined);
  await turns.ended();
  await Promise.resolve();

  expect(turns.size).toBe(0);
});
