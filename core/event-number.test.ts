import { expect, it } from 'vitest';
import { eventNumber, numberedEventId } from './event-number.ts';

const alertId = '01HZ0000000000000000000001';

it.each([
  [`${alertId}.resumed.3`, 3],
  [`${alertId}.resumed-2`, 2],
  [`${alertId}.updated-m8x5k2a1`, undefined],
  [`${alertId}.ended`, undefined],
  [`${alertId}.ended.`, undefined],
  [`${alertId}.joined.${alertId}`, undefined],
  ['', undefined],
])('reads the number of %j as %s', (eventId, number) => {
  expect(eventNumber(eventId)).toBe(number);
});

it('gives the first end no number and later ones theirs', () => {
  expect([0, 2].map((number) => numberedEventId(alertId, 'ended', number))).toEqual([
    `${alertId}.ended`,
    `${alertId}.ended.2`,
  ]);
});
