import { expect, test } from 'vitest';
import { isStaticSpots } from './static-spot.ts';

const spot = { label: 'person', box: { x: 0.1, y: 0.2, w: 0.04, h: 0.2 }, hits: 40, sure: 0, seenAt: 1 };

test('knows what a filter has given away', () => {
  expect(isStaticSpots([])).toBe(true);
  expect(isStaticSpots([spot])).toBe(true);
});

test.each<[string, unknown]>([
  ['nothing', undefined],
  ['one spot alone', spot],
  ['a box beyond the picture', [{ ...spot, box: { ...spot.box, x: 2 } }]],
  ['a label that there is not', [{ ...spot, label: 'face' }]],
  ['a count that is no number', [{ ...spot, hits: '40' }]],
  ['more than belongs there', [{ ...spot, note: 'sign' }]],
])('refuses %s', (_, value) => {
  expect(isStaticSpots(value)).toBe(false);
});
