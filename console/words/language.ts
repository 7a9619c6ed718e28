import { effect, signal } from '@preact/signals';
import { keep, kept } from '../parts/kept.ts';

export const languages = ['zh', 'en'] as const;
export type Language = (typeof languages)[number];

/** What the screen speaks: Chinese unless somebody chose English. */
export const language = signal<Language>('zh');

/** Takes up what was chosen here before, and keeps what is chosen from now on. */
export const followLanguage = (): void => {
  language.value = kept('language') === 'en' ? 'en' : 'zh';
  effect(() => {
    keep('language', language.value);
    document.documentElement.lang = language.value === 'zh' ? 'zh-CN' : 'en';
  });
};
