import { language } from './language.ts';

/** Several things one after the other: `人、车`, `person, car`. */
export const sayList = (items: readonly string[]): string =>
  items.join(language.value === 'zh' ? '、' : ', ');
