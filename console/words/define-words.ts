import { language } from './language.ts';

/** Values to put into a text's `{name}`s. */
export type Values = Readonly<Record<string, string | number>>;

/**
 * The words of one page in both languages. The types hold that neither lacks a word of the other; a test holds that
 * their `{name}`s agree. Gives a function that says a word in the language of the moment (reading it in a component
 * renders that again when the language changes). `{count:camera|cameras}` is the first word when `count` is 1.
 */
export const defineWords = <Key extends string>(words: {
  zh: Readonly<Record<Key, string>>;
  en: Readonly<Record<NoInfer<Key>, string>>;
}): ((key: Key, values?: Values) => string) & { readonly words: typeof words } => {
  const say = (key: Key, values: Values = {}): string =>
    words[language.value][key].replace(
      /\{(\w+)(?::([^|}]*)\|([^}]*))?\}/g,
      (given, name: string, one?: string, many?: string) => {
        const value = values[name];
        return String((many === undefined ? value : String(value) === '1' ? one : many) ?? given);
      },
    );
  return Object.assign(say, { words });
};
