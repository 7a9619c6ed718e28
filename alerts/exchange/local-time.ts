/** `2026-01-05T20:00:00` on the wall clock of a place: platforms speak local time, without saying which. */
export const toLocalTime = (at: number, timezone: string): string => {
  // Swedish dates are written as ISO 8601 writes them.
  const text = new Intl.DateTimeFormat('sv-SE', {
    ...{ timeZone: timezone, hourCycle: 'h23' },
    ...{ year: 'numeric', month: '2-digit', day: '2-digit' },
    ...{ hour: '2-digit', minute: '2-digit', second: '2-digit' },
  }).format(at);
  return text.replace(' ', 'T');
};

/** `20260105200000`. */
export const toCompactTime = (at: number, timezone: string): string =>
  toLocalTime(at, timezone).replaceAll(/[^0-9]/g, '');
