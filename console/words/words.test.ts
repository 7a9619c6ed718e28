import { describe, expect, it } from 'vitest';
import { defineWords } from './define-words.ts';

interface Words {
  zh: Readonly<Record<string, string>>;
  en: Readonly<Record<string, string>>;
}

/** Every module of words there is, by its path. */
const modules = import.meta.glob<Record<string, { words?: Words }>>('../**/{words,*-words,*-terms}.ts', {
  eager: true,
});

const holes = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

/** The names by which `{count:camera|cameras}` is chosen. */
const chosenBy = (text: string) => [...text.matchAll(/\{(\w+):[^|}]+\|[^}]+\}/g)].map(([, name]) => name);

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

  it.each(all)('$path knows what it counts', ({ words: { zh, en } }) => {
    for (const [key, text] of Object.entries({ ...zh, ...en })) {
      expect(text.replace(/\{\w+(:[^|{}]+\|[^{}]+)?\}/g, ''), key).not.toMatch(/[{}]/);
      for (const name of chosenBy(text)) expect(holes(text), key).toContain(name);
    }
  });

  it.each([
    [0, '0 cameras are here'],
    [1, '1 camera is here'],
    ['1', '1 camera is here'],
    [2, '2 cameras are here'],
    ['11', '11 cameras are here'],
  ])('count %j', (count, said) => {
    const here = '{count} {count:camera|cameras} {count:is|are} here';

    expect(defineWords({ zh: { here }, en: { here } })('here', { count })).toBe(said);
  });

  it.each(all)('$path has no Chinese left in its English', ({ words: { en } }) => {
    for (const [key, text] of Object.entries(en)) expect(text, key).not.toMatch(/\p{Script=Han}/u);
  });
});
