import { Type } from 'typebox';

/** What a signed address carries instead of a header. */
export const signature = Type.Optional(
  Type.String({ maxLength: 200, description: 'of an address that this API signed, instead of signing in' }),
);
