import { defineWords } from './define-words.ts';

/** Words that every page shares. */
export const word = defineWords({
  zh: { title: '雪亮' },
  en: { title: 'Xueliang' },
});
