import { language } from '../../words/language.ts';
import { timeZone } from '../../words/site-time.ts';

/** An instant as a clock on the site's wall shows it, with the day when it is another there. */
export const clock = (at: number, now = Date.now()): string => {
  const show = (options: Intl.DateTimeFormatOptions, when = at): string =>
    new Intl.DateTimeFormat(language.value === 'zh' ? 'zh-CN' : 'en-GB', {
      ...{ timeZone: timeZone.value, hourCycle: 'h23' },
      ...options,
    }).format(when);
  const day = { day: 'numeric', month: 'short' } as const;
  const whole = { ...day, year: 'numeric' } as const;
  const time = { hour: '2-digit', minute: '2-digit' } as const;
  return show(whole) === show(whole, now) ? show(time) : show({ ...day, ...time });
};
