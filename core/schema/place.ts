import { type Static, Type } from 'typebox';
import { closed } from './closed.ts';
import { Location } from './geometry.ts';
import { PlaceCode } from './ids.ts';

export const Place = closed({
  code: PlaceCode,
  name: Type.String({ minLength: 1, maxLength: 64 }),
  nameEn: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
  /** Where a map shows it: its middle, or its office. */
  location: Type.Optional(Location),
});
export type Place = Static<typeof Place>;
