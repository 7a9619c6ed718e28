import type { Availability } from '../../../../api/schema/statistics-views.ts';
import { placeWords } from '../../../words/place-words.ts';
import type { Column } from '../figures/column.ts';
import { word } from '../words.ts';
import { AvailabilityBar, TargetBadge, targetOf, targetWords } from './availability-target.tsx';

type PlaceRow = Availability['places'][number];

export const placeColumns = (): Column<PlaceRow>[] => [
  { title: word('place'), value: ({ place }) => place, show: ({ place }) => placeWords(place) },
  { title: word('camerasCount'), value: ({ cameras }) => cameras.length, isNumber: true },
  {
    title: word('availability'),
    value: ({ share }) => share,
    show: ({ share }) => <AvailabilityBar share={share} />,
  },
  {
    title: word('target'),
    value: ({ share }) => word(targetWords[targetOf(share)]),
    show: ({ share }) => <TargetBadge share={share} />,
  },
];
