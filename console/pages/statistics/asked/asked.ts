import { computed, signal } from '@preact/signals';
import { now, timeZone } from '../../../words/site-time.ts';
import { dayAt, startOfDay } from './site-days.ts';

export const views = [
  'responses',
  'alerts',
  'falseAlarms',
  'availability',
  'lines',
  'activity',
  'report',
] as const;
export type View = (typeof views)[number];

export const spans = ['today', 'week', 'month', 'quarter', 'own'] as const;
export type SpanName = (typeof spans)[number];

/** Days that a span reaches back, today among them. */
const daysOf = { today: 1, week: 7, month: 30, quarter: 90 } as const;
/** The most that the API takes. */
export const maxDays = 366;

export const spanName = signal<SpanName>('week');
/** First and last day of a span of one's own. */
export const ownDays = signal({ first: '', last: '' });
/** Code of the place that is looked at; empty: all of the ground. */
export const place = signal('');
/** Until when it is looked; moved on by asking anew. */
export const askedAt = signal(0);

export const askAnew = (): void => {
  askedAt.value = Math.floor(now.peek() / 1000) * 1000;
};

export interface AskedSpan {
  from: number;
  to: number;
}

/** First and last day, in the zone, as an instant before which and from which on; undefined when they are no span. */
export const toOwnSpan = (first: string, last: string, timezone: string): AskedSpan | undefined => {
  const [from, to] = [startOfDay(first, timezone), startOfDay(last, timezone, 1)];
  const days = (to - from) / 86_400_000;
  return days > 0 && days <= maxDays ? { from, to } : undefined;
};

/** Whole days of the site until now; undefined while somebody is typing one of his own. */
export const span = computed<AskedSpan | undefined>(() => {
  const name = spanName.value;
  if (name === 'own') return toOwnSpan(ownDays.value.first, ownDays.value.last, timeZone.value);
  const to = askedAt.value;
  return { from: startOfDay(dayAt(to, timeZone.value), timeZone.value, 1 - daysOf[name]), to };
});

/** What every figure is asked by. */
export const asked = computed(
  () => span.value && { ...span.value, ...(place.value === '' ? {} : { place: place.value }) },
);

/** Steps that leave some dozens of points in a span. */
export const stepOf = ({ from, to }: AskedSpan): 'hour' | 'day' | 'month' => {
  const days = (to - from) / 86_400_000;
  return days <= 3 ? 'hour' : days <= 190 ? 'day' : 'month';
};
