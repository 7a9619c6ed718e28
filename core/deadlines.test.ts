import { expect, test } from 'vitest';
import { raisedAlert, startAt, village } from '../test/fixtures/api/alert-events.ts';
import { deadlinesOf, missedDeadlines, nextDeadline } from './deadlines.ts';
import type { Alert, AlertState } from './schema/alert.ts';
import type { DeadlineRule } from './schema/deadline.ts';

const minute = 60_000;
const alertWith = (
  ...steps: [AlertState, number][]
): Pick<Alert, 'place' | 'severity' | 'raisedAt' | 'steps'> => ({
  ...raisedAlert(),
  steps: [['raised', 0] as const, ...steps].map(([state, after]) => ({
    state,
    at: startAt + after * minute,
  })),
});
const minutesOf = (rules: DeadlineRule[]): number[] =>
  deadlinesOf(alertWith(), rules).map(({ dueAt }) => (dueAt - startAt) / minute);

test.each<[string, DeadlineRule[], number[]]>([
  ['nothing is due without a rule', [], []],
  ['nothing is due where no rule fits', [{ place: '431103111' }, { severities: ['low'] }], []],
  ['a rule without times is that of a town', [{}], [1, 3, 5]],
  ['the country has a circle of fifteen minutes', [{ area: 'country' }], [1, 15, 30]],
  ['a time that is given counts', [{ area: 'country', onScene: '10m' }], [1, 10, 30]],
  ['the longest place counts', [{ place: village, acknowledge: '2m' }, { place: '4311' }], [2, 3, 5]],
  ['a severity goes before none', [{}, { severities: ['high'], disposition: '9m' }], [1, 3, 9]],
  [
    'a place goes before a severity',
    [{ severities: ['high'] }, { place: '43', area: 'country' }],
    [1, 15, 30],
  ],
  ['of equal rules the first counts', [{ acknowledge: '30s' }, {}], [0.5, 3, 5]],
])('%s', (_, rules, expected) => {
  expect(minutesOf(rules)).toEqual(expected);
});

test.each<[string, [AlertState, number][], string | undefined]>([
  ['raised', [], 'acknowledge'],
  ['acknowledged', [['acknowledged', 0.5]], 'onScene'],
  ['dispatched at once', [['dispatched', 0.5]], 'onScene'],
  [
    'on the scene',
    [
      ['dispatched', 0.5],
      ['onScene', 2],
    ],
    'disposition',
  ],
  ['dealt with from afar', [['falseAlarm', 0.5]], undefined],
  [
    'dealt with and sent back',
    [
      ['resolved', 0.5],
      ['acknowledged', 1],
    ],
    undefined,
  ],
])('what is due next of an alert that is %s: %#', (_, steps, expected) => {
  expect(nextDeadline(alertWith(...steps), [{}])?.step).toBe(expected);
});

test.each<[string, [AlertState, number][], number, string[]]>([
  ['nothing at the very moment', [], 1, []],
  ['what was not done', [], 1.01, ['acknowledge']],
  ['all that was not done', [], 6, ['acknowledge', 'onScene', 'disposition']],
  ['what was done too late', [['acknowledged', 2]], 2.5, ['acknowledge']],
  [
    'nothing that was done in time',
    [
      ['acknowledged', 1],
      ['onScene', 3],
      ['resolved', 5],
    ],
    60,
    [],
  ],
])('has missed %s', (_, steps, minutes, expected) => {
  const missed = missedDeadlines(alertWith(...steps), [{}], startAt + minutes * minute);

  expect(missed.map(({ step }) => step)).toEqual(expected);
});
