import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { SimulatedClock } from '../../../core/runtime/simulated-clock.ts';
import type { MakerReport } from './forked-maker.ts';
import { lateness } from './lateness.ts';

const minute = 60_000;
let clock: SimulatedClock;
let child: EventEmitter;
let over: AbortController;
let late: string | undefined;

beforeEach(() => {
  clock = new SimulatedClock();
  child = new EventEmitter();
  over = new AbortController();
  late = undefined;
  lateness(child as never, clock, { silenceMs: 15 * minute, alertMs: 60 * minute }, over.signal).catch(
    ({ code, message }) => {
      late = `${code}: ${message}`;
    },
  );
});
afterEach(() => over.abort());

/** So many times ten minutes, at the end of each of which the process tells. */
const hear = async (times: number, report: MakerReport): Promise<void> => {
  for (let count = 0; count < times; count++) {
    await clock.advance(10 * minute);
    child.emit('message', report);
  }
};

test('a process that goes on slowly, one alert after the other, is never late', async () => {
  for (let made = 1; made <= 20; made++) {
    await hear(4, { type: 'going' });
    await hear(1, { type: 'made', made });
  }
  expect(late).toBeUndefined();
});

test('one from which nothing is heard is late a quarter of an hour after its last sign', async () => {
  await hear(2, { type: 'going' });
  await clock.advance(15 * minute - 1);
  expect(late).toBeUndefined();
  await clock.advance(1);
  expect(late).toContain('archive-late: nothing went on for 15 minutes');
});

test('one whose alert never ends is late whatever it tells', async () => {
  await hear(1, { type: 'made', made: 1 });
  await hear(5, { type: 'going' });
  expect(late).toBeUndefined();
  await hear(1, { type: 'going' });
  expect(late).toContain('archive-late: one alert took longer than 60 minutes');
});
