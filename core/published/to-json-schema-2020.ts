/**
 * TypeBox writes tuples as JSON Schema's drafts up to 7 did (`items` as a list); OpenAPI 3.1 follows 2020-12, which
 * calls that `prefixItems`.
 */
export const toJsonSchema2020 = (node: unknown): unknown => {
  if (Array.isArray(node)) return node.map(toJsonSchema2020);
  if (typeof node !== 'object' || node === null) return node;
  const entries = Object.entries(node).map(([key, value]): [string, unknown] => [
    key,
    toJsonSchema2020(value),
  ]);
  const isTuple = 'items' in node && Array.isArray(node.items);
  if (!isTuple) return Object.fromEntries(entries);
  const renamed = entries
    .filter(([key]) => key !== 'additionalItems')
    .map(([key, value]): [string, unknown] => [key === 'items' ? 'prefixItems' : key, value]);
  return Object.fromEntries([...renamed, ['items', false]]);
};
