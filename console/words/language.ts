import { signal } from '@preact/signals';

export const languages = ['zh', 'en'] as const;
export type Language = (typeof languages)[number];

/** What the screen speaks: Chinese unless somebody chose English. */
export const language = signal<Language>('zh');
