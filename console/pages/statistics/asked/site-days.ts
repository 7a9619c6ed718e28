/** A day by the calendar of a time zone: `2026-11-28`. */
export const dayAt = (at: number, timezone: string): string => {
  const parts = new Intl.DateTimeFormat('en-US', {
    ...{ timeZone: timezone, year: 'numeric', month: '2-digit', day: '2-digit' },
  }).formatToParts(at);
  const read = (type: string): string => parts.find((part) => part.type === type)?.value ?? '';
  return `${read('year')}-${read('month')}-${read('day')}`;
};

/** The first instant of a day, or of one so many days later; NaN when it is no day. */
export const startOfDay = (day: string, timezone: string, later = 0): number => {
  const [year = Number.NaN, month = Number.NaN, date = Number.NaN] = day.split('-').map(Number);
  const wall = Date.UTC(year, month - 1, date + later);
  if (!Number.isFinite(wall)) return Number.NaN;
  // The offset may change between the guess and what it leads to.
  return wall - offsetAt(wall - offsetAt(wall, timezone), timezone);
};

/** By how much the clocks of a zone are ahead of UTC, in milliseconds. */
const offsetAt = (at: number, timezone: string): number => {
  const parts = new Intl.DateTimeFormat('en-US', {
    ...{ timeZone: timezone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric' },
    ...{ hour: 'numeric', minute: 'numeric' },
  }).formatToParts(at);
  const read = (type: string): number => Number(parts.find((part) => part.type === type)?.value);
  const wall = Date.UTC(read('year'), read('month') - 1, read('day'), read('hour'), read('minute'));
  return wall - Math.floor(at / 60_000) * 60_000;
};
