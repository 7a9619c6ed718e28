import { configError } from './config/errors.ts';
import { type ScheduleSpan, weekdays } from './schema/scenario.ts';

/** When a scenario watches. */
export interface Schedule {
  isOnDuty(at: number): boolean;
  /**
   * The first minute after `at` in which it is on, by the wall clock of now: daylight saving that begins or ends before
   * then is not reckoned with. Nothing when every moment is on.
   */
  nextOnDutyAt(at: number): number | undefined;
}

/** Where a site is that does not say so. */
export const defaultTimezone = 'Asia/Shanghai';

const dayMinutes = 24 * 60;
const minuteMs = 60_000;

const toMinutes = (timeOfDay: string): number => {
  const [hours = 0, minutes = 0] = timeOfDay.split(':').map(Number);
  return hours * 60 + minutes;
};

const openFormat = (timezone: string): Intl.DateTimeFormat => {
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone: timezone,
      weekday: 'short',
      hour: '2-digit',
      minute: '2-digit',
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

/** The minutes of a week, from Monday 00:00 by the wall clock, in which some span is on. */
const toWeek = (spans: readonly ScheduleSpan[]): Uint8Array => {
  const week = new Uint8Array(7 * dayMinutes);
  for (const { days, from, to } of spans) {
    const start = toMinutes(from);
    const end = toMinutes(to) > start ? toMinutes(to) : toMinutes(to) + dayMinutes;
    for (const day of days) {
      const midnight = weekdays.indexOf(day) * dayMinutes;
      for (let minute = start; minute < end; minute++) week[(midnight + minute) % week.length] = 1;
    }
  }
  return week;
};

/**
 * Reads weekly spans in a time zone. A span goes from its first minute to the one before its last, over midnight
 * when its end is not after its start. Spans follow the clock on the wall: of an hour that daylight saving leaves
 * out nothing is on, in an hour that comes twice both are. Without spans every moment is on. Throws
 * `timezone-unknown`.
 */
export const createSchedule = (spans: readonly ScheduleSpan[] | undefined, timezone: string): Schedule => {
  const format = openFormat(timezone);
  if (!spans) return { isOnDuty: () => true, nextOnDutyAt: () => undefined };
  const week = toWeek(spans);
  let known = { minute: Number.NaN, isOnDuty: false };
  return {
    isOnDuty: (at) => {
      const minute = Math.floor(at / minuteMs);
      // Every zone's offset is whole minutes today, so one answer holds for a minute's frames.
      if (minute !== known.minute) known = { minute, isOnDuty: week[weekMinute(format, at)] === 1 };
      return known.isOnDuty;
    },
    nextOnDutyAt: (at) => {
      const from = weekMinute(format, at);
      for (let ahead = 1; ahead <= week.length; ahead++) {
        if (week[(from + ahead) % week.length] === 1) return Math.floor(at / minuteMs + ahead) * minuteMs;
      }
      return undefined;
    },
  };
};

const weekMinute = (format: Intl.DateTimeFormat, at: number): number => {
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]));
  const day = weekdays.findIndex((name) => parts.get('weekday')?.toLowerCase().startsWith(name));
  return day * dayMinutes + toMinutes(`${parts.get('hour')}:${parts.get('minute')}`);
};
