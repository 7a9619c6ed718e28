import { language } from '../../../words/language.ts';
import { timeZone } from '../../../words/site-time.ts';

export type PlotStep = 'quarter' | 'hour' | 'day' | 'month';

const day = { month: 'short', day: 'numeric' } as const;
const time = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
const long = {
  quarter: { ...day, weekday: 'short', ...time },
  hour: { ...day, weekday: 'short', ...time },
  day: { ...day, weekday: 'short' },
  month: { year: 'numeric', month: 'short' },
} as const;
const short = { quarter: time, hour: time, day, month: { year: 'numeric', month: 'short' } } as const;

const said = (at: number, options: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat(language.value === 'zh' ? 'zh-CN' : 'en-GB', {
    timeZone: timeZone.value,
    ...options,
  }).format(at);

/** When a step is, with its day: `11月28日周六 14:00`. */
export const stepWords = (at: number, step: PlotStep): string => said(at, long[step]);

/** As an axis says it; where a new day begins, with the day below. */
export const tickWords = (at: number, before: number | undefined, step: PlotStep): string => {
  const text = said(at, short[step]);
  if (step === 'day' || step === 'month') return text;
  const today = said(at, day);
  return before === undefined || said(before, day) !== today ? `${text}\n${today}` : text;
};
