import { signal } from '@preact/signals';
import { language } from './language.ts';

/** By how much the site's clock is ahead of this browser's. */
export const clockOffsetMs = signal(0);
/** The site's, whatever the browser's is: the session tells it before any page is there. */
export const timeZone = signal('Asia/Shanghai');

/** The second that it is on the site, as every countdown and clock shows it. */
export const now = signal(Date.now());

/** One timer for all that ticks; until what it gives is called. */
export const startTicking = (): (() => void) => {
  const tick = (): void => {
    now.value = Date.now() + clockOffsetMs.peek();
  };
  const timer = setInterval(tick, 1000);
  tick();
  return () => clearInterval(timer);
};

const formats = new Map<string, Intl.DateTimeFormat>();

const format = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => {
  const locale = language.value === 'zh' ? 'zh-CN' : 'en-GB';
  const key = `${locale} ${timeZone.value} ${JSON.stringify(options)}`;
  const found = formats.get(key) ?? new Intl.DateTimeFormat(locale, { timeZone: timeZone.value, ...options });
  formats.set(key, found);
  return found;
};

/** `14:02:31` on the site. */
export const clockTime = (at: number): string =>
  format({ hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }).format(at);

/** `11月28日星期六`, `Sat 28 Nov`. */
export const dayName = (at: number): string =>
  format({ weekday: 'short', day: 'numeric', month: 'short' }).format(at);

/** The time alone today, the day before it otherwise. */
export const whenTold = (at: number): string => {
  const day = format({ day: 'numeric', month: 'numeric', year: 'numeric' });
  return day.format(at) === day.format(now.value) ? clockTime(at) : `${dayName(at)} ${clockTime(at)}`;
};
