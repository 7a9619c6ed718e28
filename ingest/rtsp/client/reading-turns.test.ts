import { expect, test } from 'vitest';
import { SimulatedClock } from '../../../core/runtime/simulated-clock.ts';
import { ReadingTurns } from './reading-turns.ts';

const start = () => {
  const clock = new SimulatedClock();
  const turns = new ReadingTurns(clock);
  const wentOn: string[] = [];
  const rest = (name: string, ms: number): void => turns.rest(ms, () => wentOn.push(name));
  return { clock, rest, wentOn };
};

test('lets a rest end no earlier than it should, and together with those that end soon before', async () => {
  const { clock, rest, wentOn } = start();
  rest('first', 181);
  await clock.advance(10);
  rest('second', 190);

  await clock.advance(189);
  expect(wentOn).toEqual([]);
  await clock.advance(1);

  expect(wentOn).toEqual(['first', 'second']);
});

test('rests anew who rests again when it goes on', async () => {
  const clock = new SimulatedClock();
  const turns = new ReadingTurns(clock);
  let readings = 0;
  const read = (): void => {
    readings++;
    turns.rest(200, read);
  };
  read();

  await clock.advance(1_000);

  expect(readings).toBe(6);
});

test('keeps no timer while nobody rests', async () => {
  const { clock, rest, wentOn } = start();
  rest('one', 40);

  await clock.advance(60);

  expect([wentOn, clock.sleeping]).toEqual([['one'], 0]);
});
