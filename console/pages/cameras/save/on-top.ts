type Values = Readonly<Record<string, unknown>>;

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Mine on top of theirs: each field that I changed since `base` as I have it, every other as they have it. */
export const onTop = (base: Values, mine: Values, theirs: Values): Values => {
  const keys = [...new Set([...Object.keys(theirs), ...Object.keys(mine)])];
  const kept = keys.map((key): [string, unknown] => [
    key,
    isSame(mine[key], base[key]) ? theirs[key] : mine[key],
  ]);
  return Object.fromEntries(kept.filter(([, value]) => value !== undefined));
};
