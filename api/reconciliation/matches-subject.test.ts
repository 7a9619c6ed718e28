import { expect, test } from 'vitest';
import { matchesSubject } from './matches-subject.ts';

test.each([
  ['alerts.43.11', 'alerts.43.11', true],
  ['alerts.43.11', 'alerts.*.11', true],
  ['alerts.43.11', 'alerts.>', true],
  ['alerts', 'alerts.>', false],
  ['alerts.43', 'alerts.43.11', false],
  ['alerts.43.11', 'alerts.43', false],
  ['alerts.43.11', 'alerts.44.>', false],
])('%s against %s is %s', (subject, filter, expected) => {
  expect(matchesSubject(subject, filter)).toBe(expected);
});
