import { afterEach, expect, test } from 'vitest';
import type { Place } from '../../core/schema/place.ts';
import { places } from '../http/site.ts';
import { language } from './language.ts';
import { groundWords, placeWords } from './place-words.ts';

const known: readonly Place[] = [
  { code: '431103110', name: '蔡市镇', nameEn: 'Caishi' },
  { code: '431103110206', name: '太洲村委会' },
];

const withPlaces = (): void => {
  places.value = known;
};

afterEach(() => {
  places.value = [];
  language.value = 'zh';
});

test('a village is told with the township that it lies in', () => {
  withPlaces();

  expect(placeWords('431103110206')).toBe('蔡市镇–太洲村委会');
  language.value = 'en';
  expect(placeWords('431103110206')).toBe('Caishi, 太洲村委会');
});

test('in a county it is told with county and township', () => {
  withPlaces();
  places.value = [...known, { code: '431103', name: '冷水滩区' }];

  expect(placeWords('431103110206')).toBe('冷水滩区–蔡市镇–太洲村委会');
});

test.each([
  ['4311', '市（4311）', 'prefecture 4311'],
  ['431103', '县区（431103）', 'county 431103'],
  ['431199001', '乡镇（431199001）', 'township 431199001'],
  ['431199001201', '村（431199001201）', 'village 431199001201'],
])('%s, which the site has no name for, is told by what it is', (code, zh, en) => {
  withPlaces();

  expect(placeWords(code)).toBe(zh);
  language.value = 'en';
  expect(placeWords(code)).toBe(en);
});

test('a ground without a name is told by what it is, the whole site by its own words', () => {
  withPlaces();
  language.value = 'en';

  expect(groundWords('431103', 'all')).toBe('county 431103');
  expect(groundWords('431103110', 'all')).toBe('Caishi');
  expect(groundWords('', 'all')).toBe('all');
});
