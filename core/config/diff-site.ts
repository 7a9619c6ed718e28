import { isDeepStrictEqual } from 'node:util';

/** One resource that differs between what is there and what is wanted. */
export interface ResourceChange {
  key: string;
  change: 'add' | 'change' | 'remove';
  /** What differs inside, for `change`: `stream.url: "a" → "b"`. */
  details: string[];
}

/** What would have to happen to `current` so that it becomes `wanted`, sorted by key. */
export const diffResources = (
  current: ReadonlyMap<string, unknown>,
  wanted: ReadonlyMap<string, unknown>,
): ResourceChange[] => {
  const keys = [...new Set([...current.keys(), ...wanted.keys()])].sort();
  return keys.flatMap((key): ResourceChange[] => {
    const before = current.get(key);
    const after = wanted.get(key);
    if (before === undefined) return [{ key, change: 'add', details: [] }];
    if (after === undefined) return [{ key, change: 'remove', details: [] }];
    if (isDeepStrictEqual(before, after)) return [];
    return [
      { key, change: 'change', details: describeDifference(before, after, '', key.startsWith('users.')) },
    ];
  });
};

const describeDifference = (before: unknown, after: unknown, path: string, isSecret: boolean): string[] => {
  if (isDeepStrictEqual(before, after)) return [];
  if (isRecord(before) && isRecord(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
    return keys.flatMap((key) =>
      describeDifference(before[key], after[key], path === '' ? key : `${path}.${key}`, isSecret),
    );
  }
  return [isSecret ? `${path}: changed` : `${path}: ${show(before)} → ${show(after)}`];
};

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const show = (value: unknown): string => {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > 120 ? `${text.slice(0, 117)}…` : text;
};
