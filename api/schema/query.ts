import { type TSchema, Type } from 'typebox';
import { Instant, PlaceCode } from '../../core/schema/ids.ts';

/** Query keys that several lists share. */
export const place = Type.Optional(
  Type.Unsafe<string>({
    ...PlaceCode,
    description: 'code of a place: it and all below it',
    examples: ['431103110'],
  }),
);

export const instant = (description: string) =>
  Type.Optional(Type.Integer({ ...Instant, maximum: Number.MAX_SAFE_INTEGER, description }));

export const cursor = Type.Optional(
  Type.String({ maxLength: 200, description: '`nextCursor` of the page before' }),
);

export const limit = (maximum: number, usual: number) =>
  Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum,
      default: usual,
      description: `items on a page; ${usual} unless told`,
    }),
  );

/** Given once or several times. */
export const anyOf = <Item extends TSchema>(item: Item, description: string) =>
  Type.Optional(Type.Array(item, { maxItems: 20, description }));
