import { expect, test } from 'vitest';
import {
  fromSearch,
  type SearchQuery,
  spanOf,
  stepOf,
  toggled,
  toSearch,
  usualQuery,
} from './search-query.ts';

const dayMs = 86_400_000;

test('what is looked for comes back from the address as it went in', () => {
  const query: SearchQuery = {
    ...{ from: 1000, to: 9000, place: '431103110', camera: 'gate-1' },
    ...{ kind: ['crowd', 'intrusion'], severity: ['high'], state: ['falseAlarm'] },
  };

  expect(fromSearch(toSearch(query))).toEqual(query);
  expect(fromSearch(toSearch(usualQuery))).toEqual({ ...usualQuery, place: undefined, camera: undefined });
});

test('an address that asks for what there is not asks for the last week', () => {
  for (const search of [
    '',
    '?days=-1',
    '?days=x',
    '?from=9&to=3',
    '?place=__proto__&camera=../x&kind=<b>,1',
  ]) {
    expect(fromSearch(search), search).toMatchObject({
      days: 7,
      place: undefined,
      camera: undefined,
      kind: [],
    });
  }
});

test('a span in days ends now', () => {
  expect(spanOf({ ...usualQuery, days: 1 }, 10 * dayMs)).toEqual({ from: 9 * dayMs, to: 10 * dayMs });
});

test('a long span is counted in months, a short one in hours, and never in hundreds of bars', () => {
  expect(stepOf({ from: 0, to: dayMs })).toBe('hour');
  expect(stepOf({ from: 0, to: 30 * dayMs })).toBe('day');
  expect(stepOf({ from: 0, to: 365 * dayMs })).toBe('month');
});

test('a word of a list is put in and taken out by the same key', () => {
  expect(toggled(['a'], 'b')).toEqual(['a', 'b']);
  expect(toggled(['a', 'b'], 'a')).toEqual(['b']);
});
