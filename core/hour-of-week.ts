const days = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/**
 * Gives the hour of the week (0: Monday from 00:00 to 01:00, 167: Sunday from 23:00 on) of a moment, in milliseconds
 * since 1970-01-01 UTC, by the wall clock of a time zone.
 */
export const createHourOfWeek = (timezone: string): ((at: number) => number) => {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: timezone,
    weekday: 'short',
    hour: '2-digit',
    hourCycle: 'h23',
  });
  return (at) => {
    const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]));
    return days.indexOf(parts.get('weekday') ?? '') * 24 + Number(parts.get('hour'));
  };
};
