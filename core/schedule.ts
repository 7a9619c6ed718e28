import { createCalendarDays, type Day, toDay, weekdayOf } from './calendar-days.ts';
import { configError } from './config/errors.ts';
import { type Calendar, type ScheduleSpan, weekdays } from './schema/schedule.ts';

/** When a scenario watches. */
export interface Schedule {
  isOnDuty(at: number): boolean;
  /**
   * The first minute after `at` in which it is on, by the wall clock of now: daylight saving that begins or ends before
   * then is not reckoned with. Nothing when every moment is on, or none within the next thirteen months.
   */
  nextOnDutyAt(at: number): number | undefined;
}

/** Where a site is that does not say so. */
export const defaultTimezone = 'Asia/Shanghai';

const dayMinutes = 24 * 60;
const minuteMs = 60_000;
/** Far enough for what is only on in one festival a year. */
const daysAhead = 400;

/** A span as minutes of the day on which it begins; `to` is beyond 24:00 when it runs over midnight. */
interface Span {
  from: number;
  to: number;
  isOnDay(day: Day): boolean;
}

interface WallTime {
  day: Day;
  minute: number;
}

const toMinutes = (timeOfDay: string): number => {
  const [hours = 0, minutes = 0] = timeOfDay.split(':').map(Number);
  return hours * 60 + minutes;
};

const openFormat = (timezone: string): Intl.DateTimeFormat => {
  try {
    return new Intl.DateTimeFormat('en-CA', {
      timeZone: timezone,
      dateStyle: 'short',
      timeStyle: 'short',
      hourCycle: 'h23',
    });
  } catch (cause) {
    throw configError(
      'timezone-unknown',
      `time zone '${timezone}' is not known here; give one such as Asia/Shanghai`,
      { timezone, cause },
    );
  }
};

const toWallTime = (format: Intl.DateTimeFormat, at: number): WallTime => {
  const [date = '', time = ''] = format.format(at).split(', ');
  return { day: toDay(date), minute: toMinutes(time) };
};

const toSpan =
  (calendars: ReadonlyMap<string, (day: Day) => boolean>) =>
  ({ days, from, to, only, except }: ScheduleSpan): Span => {
    const onWeekdays = new Set(days.map((day) => weekdays.indexOf(day)));
    const isAny = (names: readonly string[], day: Day) => names.some((name) => calendars.get(name)?.(day));
    const start = toMinutes(from);
    return {
      from: start,
      to: toMinutes(to) > start ? toMinutes(to) : toMinutes(to) + dayMinutes,
      isOnDay: (day) =>
        onWeekdays.has(weekdayOf(day)) && (!only || isAny(only, day)) && !(except && isAny(except, day)),
    };
  };

/**
 * Reads spans in a time zone; `calendars` are those that spans may name. A span goes from its first minute to the one
 * before its last, over midnight when its end is not after its start; whether its day counts is asked of the day on which
 * it begins. Spans follow the clock on the wall: of an hour that daylight saving leaves out nothing is on, in an hour
 * that comes twice both are. Without spans every moment is on. Throws `timezone-unknown`.
 */
export const createSchedule = (
  spans: readonly ScheduleSpan[] | undefined,
  timezone: string,
  calendars: readonly Calendar[] = [],
): Schedule => {
  const format = openFormat(timezone);
  if (!spans) return { isOnDuty: () => true, nextOnDutyAt: () => undefined };
  const read = spans.map(toSpan(new Map(calendars.map((entry) => [entry.id, createCalendarDays(entry)]))));
  let known = { minute: Number.NaN, isOnDuty: false };
  return {
    isOnDuty: (at) => {
      const minute = Math.floor(at / minuteMs);
      // Every zone's offset is whole minutes today, so one answer holds for a minute's frames.
      if (minute !== known.minute) known = { minute, isOnDuty: isOn(read, toWallTime(format, at)) };
      return known.isOnDuty;
    },
    nextOnDutyAt: (at) => {
      const now = toWallTime(format, at);
      const ahead = minutesUntilNext(read, now);
      return ahead === undefined ? undefined : Math.floor(at / minuteMs + ahead) * minuteMs;
    },
  };
};

const isOn = (spans: readonly Span[], { day, minute }: WallTime): boolean =>
  spans.some(
    ({ from, to, isOnDay }) =>
      (minute >= from && minute < to && isOnDay(day)) || (minute + dayMinutes < to && isOnDay(day - 1)),
  );

/** From the minute after now on. */
const minutesUntilNext = (spans: readonly Span[], { day, minute }: WallTime): number | undefined => {
  let soonest: number | undefined;
  for (let ahead = -1; ahead <= daysAhead && soonest === undefined; ahead++) {
    for (const { from, to, isOnDay } of spans) {
      const begins = Math.max(ahead * dayMinutes + from - minute, 1);
      const ends = ahead * dayMinutes + to - minute;
      if (begins < ends && begins < (soonest ?? Number.POSITIVE_INFINITY) && isOnDay(day + ahead))
        soonest = begins;
    }
  }
  return soonest;
};
