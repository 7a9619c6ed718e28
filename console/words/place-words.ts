import type { Place } from '../../core/schema/place.ts';
import { placesByCode } from '../http/site.ts';
import { defineWords } from './define-words.ts';
import { language } from './language.ts';

const word = defineWords({
  zh: {
    prefecture: '市（{code}）',
    county: '县区（{code}）',
    township: '乡镇（{code}）',
    village: '村（{code}）',
  },
  en: {
    prefecture: 'prefecture {code}',
    county: 'county {code}',
    township: 'township {code}',
    village: 'village {code}',
  },
});

type Level = keyof (typeof word.words)['zh'];

/** What a place is by the length of its code, for one that the site has no name for. */
const levelOf: ReadonlyMap<number, Level> = new Map<number, Level>([
  [4, 'prefecture'],
  [6, 'county'],
  [9, 'township'],
  [12, 'village'],
]);

/** Lengths of division codes from the province down to the village. */
const levels = [2, 4, 6, 9, 12] as const;

const nameOf = (place: Place): string =>
  language.value === 'en' ? (place.nameEn ?? place.name) : place.name;

/** The places above a code and its own, from the county down, as far as the site knows them: `采石镇–河东村`. Without any, what it is and its code: `county 431103`. */
export const placeWords = (code: string): string => {
  const names = levels
    .filter((length) => length >= 6 && length <= code.length)
    .flatMap((length) => placesByCode.value.get(code.slice(0, length)) ?? []);
  if (names.length === 0) return unnamedWords(code);
  return names.map(nameOf).join(language.value === 'zh' ? '–' : ', ');
};

const unnamedWords = (code: string): string => {
  const level = levelOf.get(code.length);
  return level === undefined ? code : word(level, { code });
};

/** Whatever is known of a ground: its name, else what it is and its code, else that it is all of the site. */
export const groundWords = (ground: string, all: string): string => {
  if (ground === '') return all;
  const place = placesByCode.value.get(ground);
  return place ? nameOf(place) : unnamedWords(ground);
};
