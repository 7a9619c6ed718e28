type Node = Readonly<Record<string, unknown>>;

/**
 * What in `after` would break a reader of `before`: fields that are gone or of another type, and fields that whoever
 * writes must now give. Fields that are new and optional break nobody; a union may have more members.
 */
export const breakingChanges = (before: unknown, after: unknown, at = ''): string[] => {
  if (!isNode(before)) return [];
  if (!isNode(after)) return [`${at} is gone`];
  return [
    ...typeChanges(before, after, at),
    ...fieldChanges(before, after, at),
    ...memberChanges(before, after, at),
    ...(isNode(before['items']) ? breakingChanges(before['items'], after['items'], `${at}[]`) : []),
  ];
};

const typeChanges = (before: Node, after: Node, at: string): string[] =>
  ['type', 'const'].flatMap((key) =>
    before[key] === after[key]
      ? []
      : [`${at || '/'}: ${key} ${String(before[key])} became ${String(after[key])}`],
  );

const fieldChanges = (before: Node, after: Node, at: string): string[] => {
  const [old, now] = [fieldsOf(before), fieldsOf(after)];
  const [wasRequired, isRequired] = [requiredOf(before), requiredOf(after)];
  return [
    ...Object.keys(old).flatMap((name) => breakingChanges(old[name], now[name], `${at}/${name}`)),
    ...isRequired
      .filter((name) => !wasRequired.includes(name))
      .map((name) => `${at}/${name} became required`),
    ...wasRequired
      .filter((name) => !isRequired.includes(name))
      .map((name) => `${at}/${name} became optional`),
  ];
};

/** Members of a union are told apart by their `type`, or else by their place. */
const memberChanges = (before: Node, after: Node, at: string): string[] => {
  const [old, now] = [membersOf(before), membersOf(after)];
  return [...old].flatMap(([name, member]) => breakingChanges(member, now.get(name), `${at}<${name}>`));
};

const membersOf = (node: Node): Map<string, unknown> => {
  const members = Array.isArray(node['anyOf']) ? node['anyOf'] : [];
  return new Map(members.map((member, index) => [nameOf(member) ?? String(index), member]));
};

const nameOf = (member: unknown): string | undefined => {
  const type = isNode(member) ? fieldsOf(member)['type'] : undefined;
  return isNode(type) && typeof type['const'] === 'string' ? type['const'] : undefined;
};

const fieldsOf = (node: Node): Node => (isNode(node['properties']) ? node['properties'] : {});
const requiredOf = (node: Node): string[] =>
  Array.isArray(node['required']) ? node['required'].map(String) : [];

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
