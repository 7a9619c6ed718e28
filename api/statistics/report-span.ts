/** A month, quarter or year by the calendar of a time zone: from its first instant until before the next one's. */
export interface ReportSpan {
  from: number;
  to: number;
}

export const reportSpanPattern = '^20\\d{2}(-(0[1-9]|1[0-2])|-Q[1-4])?$';

/** `2026-11`, `2026-Q4` or `2026`, and the span of the same length before it. */
export const toReportSpans = (name: string, timezone: string): { now: ReportSpan; before: ReportSpan } => {
  const [year = '', part] = name.split('-');
  const months = part === undefined ? 12 : part.startsWith('Q') ? 3 : 1;
  const first = part === undefined ? 0 : part.startsWith('Q') ? (Number(part[1]) - 1) * 3 : Number(part) - 1;
  const startAfter = (count: number): number => startOfMonth(Number(year), first + count, timezone);
  return {
    now: { from: startAfter(0), to: startAfter(months) },
    before: { from: startAfter(-months), to: startAfter(0) },
  };
};

/** The first instant of a month; `month` from 0, also below it and beyond 11. */
const startOfMonth = (year: number, month: number, timezone: string): number => {
  const wall = Date.UTC(year, month, 1);
  // The offset may change between the guess and what it leads to.
  return wall - offsetAt(wall - offsetAt(wall, timezone), timezone);
};

/** How far the clocks of a zone are ahead of UTC at an instant, in milliseconds. */
const offsetAt = (at: number, timezone: string): number => {
  const parts = new Intl.DateTimeFormat('en-US', {
    ...{ timeZone: timezone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric' },
    ...{ hour: 'numeric', minute: 'numeric', second: 'numeric' },
  }).formatToParts(at);
  const read = (type: string): number => Number(parts.find((part) => part.type === type)?.value);
  const wall = Date.UTC(
    read('year'),
    read('month') - 1,
    read('day'),
    read('hour'),
    read('minute'),
    read('second'),
  );
  return wall - Math.floor(at / 1000) * 1000;
};
