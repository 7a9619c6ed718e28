import type { Place } from '../../core/schema/place.ts';
import { placesByCode } from '../http/site.ts';
import { language } from './language.ts';

/** Lengths of division codes from the province down to the village. */
const levels = [2, 4, 6, 9, 12] as const;

const nameOf = (place: Place): string =>
  language.value === 'en' ? (place.nameEn ?? place.name) : place.name;

/** The places above a code and its own, from the county down, as far as the site knows them: `采石镇–河东村`. */
export const placeWords = (code: string): string => {
  const names = levels
    .filter((length) => length >= 6 && length <= code.length)
    .flatMap((length) => placesByCode.value.get(code.slice(0, length)) ?? []);
  if (names.length === 0) return code;
  return names.map(nameOf).join(language.value === 'zh' ? '–' : ', ');
};

/** Whatever is known of a ground: its name, else its code, else that it is all of the site. */
export const groundWords = (ground: string, all: string): string => {
  if (ground === '') return all;
  const place = placesByCode.value.get(ground);
  return place ? nameOf(place) : ground;
};
