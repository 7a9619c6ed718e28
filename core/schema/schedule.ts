import { type Static, Type } from 'typebox';
import { closed } from './closed.ts';
import { CalendarDate, ResourceId } from './ids.ts';

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const timeOfDay = Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$|^24:00$', description: 'HH:MM' });
const calendars = Type.Array(ResourceId, { minItems: 1, maxItems: 16 });

/**
 * When a scenario watches. A span whose end is not after its start runs over midnight, and belongs to the day on which
 * it began.
 */
export const ScheduleSpan = closed({
  days: Type.Array(Type.Enum(weekdays), { minItems: 1, maxItems: 7 }),
  from: timeOfDay,
  to: timeOfDay,
  /** Only on days of one of these calendars. */
  only: Type.Optional(calendars),
  /** Not on days of any of these calendars. */
  except: Type.Optional(calendars),
});
export type ScheduleSpan = Static<typeof ScheduleSpan>;

const dayOfMonth = Type.Integer({ minimum: 1, maximum: 31 });

/** 节假日、赶集日: days that are not as others. A day belongs to it when any of the lists says so. */
export const Calendar = closed({
  id: ResourceId,
  name: Type.String({ minLength: 1, maxLength: 64 }),
  dates: Type.Optional(Type.Array(CalendarDate, { minItems: 1, maxItems: 1000 })),
  /** Both ends included. */
  ranges: Type.Optional(
    Type.Array(closed({ from: CalendarDate, to: CalendarDate }), { minItems: 1, maxItems: 200 }),
  ),
  /** Days of every month by the common calendar: `[5, 10, 15, 20, 25, 30]` for 逢五逢十. */
  monthDays: Type.Optional(Type.Array(dayOfMonth, { minItems: 1, maxItems: 31 })),
  /** The same by the lunar calendar (农历), by which most villages hold their markets. */
  lunarDays: Type.Optional(
    Type.Array(Type.Integer({ minimum: 1, maximum: 30 }), { minItems: 1, maxItems: 30 }),
  ),
});
export type Calendar = Static<typeof Calendar>;
