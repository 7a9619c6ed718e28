import { type TObject, type TObjectOptions, type TProperties, Type } from 'typebox';

/** An object that refuses keys it does not know. */
export const closed = <const Properties extends TProperties>(
  properties: Properties,
  options: TObjectOptions = {},
): TObject<Properties> => Type.Object(properties, { ...options, additionalProperties: false });
