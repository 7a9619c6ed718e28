import { expect, test } from 'vitest';
import { raisedEvent } from '../../test/fixtures/api/alert-events.ts';
import { AlertRing } from './alert-ring.ts';

const event = (sequence: number, size = 1) => ({
  sequence,
  frame: 'x'.repeat(size),
  value: raisedEvent(),
  alertId: 'a',
  place: '431103110201',
  severity: undefined,
});
const filled = (from: number, to: number, limits = { maxEvents: 5, maxBytes: 1000 }) => {
  const ring = new AlertRing(limits);
  for (let sequence = from; sequence <= to; sequence++) ring.push(event(sequence));
  return ring;
};
const sequencesAfter = (ring: AlertRing, sequence: number) =>
  ring.after(sequence)?.map((item) => item.sequence);

test('an empty ring knows nothing', () => {
  const ring = filled(1, 0);

  expect([ring.newest, ring.after(0)]).toEqual([undefined, undefined]);
});

test('the ring gives what comes behind a number it still covers', () => {
  const ring = filled(10, 12);

  expect(sequencesAfter(ring, 9)).toEqual([10, 11, 12]);
  expect(sequencesAfter(ring, 11)).toEqual([12]);
  expect(sequencesAfter(ring, 12)).toEqual([]);
  expect(sequencesAfter(ring, 8)).toBeUndefined();
});

test('what was pushed out is no longer covered', () => {
  const ring = filled(1, 8);

  expect(sequencesAfter(ring, 3)).toEqual([4, 5, 6, 7, 8]);
  expect(sequencesAfter(ring, 2)).toBeUndefined();
});

test('bytes bound the ring, too, but the newest event stays', () => {
  const ring = filled(1, 3, { maxEvents: 100, maxBytes: 10 });
  ring.push(event(4, 50));

  expect(sequencesAfter(ring, 3)).toEqual([4]);
  expect(sequencesAfter(ring, 2)).toBeUndefined();
});
