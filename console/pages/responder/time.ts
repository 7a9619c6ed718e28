import { language } from '../../words/language.ts';

/** An instant as a clock on the wall shows it, with the day when it is another. */
export const clock = (at: number): string => {
  const date = new Date(at);
  const isToday = date.toDateString() === new Date().toDateString();
  const day = isToday ? {} : ({ month: 'numeric', day: 'numeric' } as const);
  return date.toLocaleString(language.value === 'zh' ? 'zh-CN' : 'en', {
    ...day,
    ...{ hour: '2-digit', minute: '2-digit', hour12: false },
  });
};
