import { describe, expect, it } from 'vitest';

interface Words {
  zh: Readonly<Record<string, string>>;
  en: Readonly<Record<string, string>>;
}

/** Every module of words there is, by its path. */
const modules = import.meta.glob<Record<string, { words?: Words }>>('../**/{words,*-words,*-terms}.ts', {
  eager: true,
});

const holes = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

const all = Object.entries(modules).flatMap(([path, exports]) =>
  Object.values(exports).flatMap(({ words }) => (words ? [{ path, words }] : [])),
);

describe('words of the console', () => {
  it('are found', () => {
    expect(all.length).toBeGreaterThan(0);
  });

  it.each(all)('$path says the same things in both languages', ({ words: { zh, en } }) => {
    expect(Object.keys(en).sort()).toEqual(Object.keys(zh).sort());
    for (const [key, text] of Object.entries(zh)) {
      expect(text.trim(), key).not.toBe('');
      expect(en[key]?.trim(), key).not.toBe('');
      expect(holes(en[key] ?? ''), key).toEqual(holes(text));
    }
  });

  it.each(all)('$path has no Chinese left in its English', ({ words: { en } }) => {
    for (const [key, text] of Object.entries(en)) expect(text, key).not.toMatch(/\p{Script=Han}/u);
  });
});
