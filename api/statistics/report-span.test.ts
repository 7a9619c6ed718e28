import { expect, test } from 'vitest';
import { reportSpanPattern, toReportSpans } from './report-span.ts';

const at = (text: string): number => Date.parse(text);

test.each([
  ['2026-11', '2026-10-01T00:00+08:00', '2026-11-01T00:00+08:00', '2026-12-01T00:00+08:00'],
  ['2026-01', '2025-12-01T00:00+08:00', '2026-01-01T00:00+08:00', '2026-02-01T00:00+08:00'],
  ['2026-Q1', '2025-10-01T00:00+08:00', '2026-01-01T00:00+08:00', '2026-04-01T00:00+08:00'],
  ['2026', '2025-01-01T00:00+08:00', '2026-01-01T00:00+08:00', '2027-01-01T00:00+08:00'],
])('%s is held against what begins at %s', (name, before, from, to) => {
  expect(toReportSpans(name, 'Asia/Shanghai')).toEqual({
    before: { from: at(before), to: at(from) },
    now: { from: at(from), to: at(to) },
  });
});

test('a month in which the clocks change begins and ends at midnight', () => {
  expect(toReportSpans('2026-03', 'Europe/Berlin').now).toEqual({
    from: at('2026-03-01T00:00+01:00'),
    to: at('2026-04-01T00:00+02:00'),
  });
});

test.each(['2026-13', '2026-Q5', '1999', '2026-1', '2026-11-01', ''])('%s is no span', (name) => {
  expect(new RegExp(reportSpanPattern).test(name)).toBe(false);
});
