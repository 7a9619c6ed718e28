declare const sqlBrand: unique symbol;

/** A statement whose whole text stands in the source. Values reach it as bound parameters only. */
export type Sql = string & { readonly [sqlBrand]: true };

/**
 * Marks a statement. It takes no values, so `sql` with `${…}` inside does not compile; a value is written
 * `{name:Type}` and bound by the database.
 */
export const sql = (text: TemplateStringsArray): Sql => text.join('').trim() as Sql;
