import { language } from '../../words/language.ts';
import { timeZone } from '../../words/site-time.ts';

/** `2026年11月28日 08:00`, `28 Nov 2026, 08:00` on the site. */
export const instantWords = (at: number): string =>
  new Intl.DateTimeFormat(language.value === 'zh' ? 'zh-CN' : 'en-GB', {
    ...{ timeZone: timeZone.value, year: 'numeric', month: 'short', day: 'numeric' },
    ...{ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  }).format(at);

/** As a file has it: `2026-11-28 08:00`. */
export const instantField = (at: number): string =>
  new Intl.DateTimeFormat('sv-SE', {
    ...{ timeZone: timeZone.value, year: 'numeric', month: '2-digit', day: '2-digit' },
    ...{ hour: '2-digit', minute: '2-digit' },
  }).format(at);
