import { defineWords } from '../../words/define-words.ts';
import { accounts } from './said/accounts.ts';
import { audit } from './said/audit.ts';
import { keeping } from './said/keeping.ts';
import { running } from './said/running.ts';

/** All that the page says; by topic in `said/`. */
export const word = defineWords({
  zh: { ...running.zh, ...keeping.zh, ...audit.zh, ...accounts.zh },
  en: { ...running.en, ...keeping.en, ...audit.en, ...accounts.en },
});
