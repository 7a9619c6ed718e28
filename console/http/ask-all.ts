import { type AskOptions, ask } from './ask.ts';

interface Page<Item> {
  items: Item[];
  nextCursor?: string;
}

/** Every item of a list, page by page, at most `maxPages` of them. */
export const askAll = async <Item>(
  path: string,
  { query, ...options }: AskOptions = {},
  maxPages = 20,
): Promise<Item[]> => {
  const items: Item[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < maxPages; page++) {
    const answer: Page<Item> = await ask(path, { ...options, query: { ...query, cursor } });
    items.push(...answer.items);
    cursor = answer.nextCursor;
    if (cursor === undefined) break;
  }
  return items;
};
