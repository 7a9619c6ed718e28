import { apiError } from '../errors.ts';

/** Makes an opaque cursor of the key of the last item on a page. */
export const toCursor = (key: string): string => Buffer.from(`1:${key}`).toString('base64url');

/** Reads a cursor that `toCursor` made of a key of this pattern. Throws `cursor-invalid`. */
export const parseCursor = (cursor: string | undefined, pattern: RegExp): string | undefined => {
  if (cursor === undefined) return undefined;
  const [version, key = ''] = Buffer.from(cursor, 'base64url').toString('utf8').split(':');
  if (version === '1' && pattern.test(key)) return key;
  throw apiError('cursor-invalid', 'the cursor is not one that this list gave; begin without one');
};

/** One page of a list in memory, ordered by key. */
export const pageOf = <Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
  after: string | undefined,
  limit: number,
): { items: Item[]; nextCursor?: string } => {
  const rest = items
    .filter((item) => after === undefined || keyOf(item) > after)
    .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  const page = rest.slice(0, limit);
  const last = page.at(-1);
  return last !== undefined && rest.length > limit
    ? { items: page, nextCursor: toCursor(keyOf(last)) }
    : { items: page };
};
