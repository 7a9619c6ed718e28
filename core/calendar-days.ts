import type { Calendar } from './schema/schedule.ts';

const dayMs = 86_400_000;

/** A day without a time zone, counted from 1970-01-01. */
export type Day = number;

/** The day of a date such as 2026-10-01. */
export const toDay = (date: string): Day => Math.floor(Date.parse(`${date}T00:00:00Z`) / dayMs);

const toInstant = (day: Day): number => day * dayMs;

/** 0 for Monday to 6 for Sunday; 1970-01-01 was a Thursday. */
export const weekdayOf = (day: Day): number => (((day + 3) % 7) + 7) % 7;

const lunar = new Intl.DateTimeFormat('en-u-ca-chinese', { day: 'numeric', timeZone: 'UTC' });

/** The day of the month by the Chinese lunar calendar, 1 to 30, as ICU reckons it. */
const lunarDayOf = (day: Day): number => Number(lunar.format(toInstant(day)));

/** Whether a day belongs to a calendar. */
export const createCalendarDays = (calendar: Calendar): ((day: Day) => boolean) => {
  const dates = new Set(calendar.dates?.map(toDay));
  const ranges = (calendar.ranges ?? []).map(({ from, to }) => ({ from: toDay(from), to: toDay(to) }));
  const monthDays = new Set(calendar.monthDays);
  const lunarDays = new Set(calendar.lunarDays);
  return (day) =>
    dates.has(day) ||
    ranges.some(({ from, to }) => day >= from && day <= to) ||
    (monthDays.size > 0 && monthDays.has(new Date(toInstant(day)).getUTCDate())) ||
    (lunarDays.size > 0 && lunarDays.has(lunarDayOf(day)));
};
