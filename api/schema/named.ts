import { type Static, type TSchema, Type } from 'typebox';

/** Gives a schema the name under which the API's description lists it. */
export const named = <Schema extends TSchema>(name: string, schema: Schema): Schema & { $id: string } => ({
  ...schema,
  $id: name,
});

/** Refers to a named schema, keeping its type. */
export const refTo = <Schema extends TSchema & { $id: string }>(schema: Schema) =>
  Type.Unsafe<Static<Schema>>({ $ref: `${schema.$id}#` });
