import { sayPath } from '../form/field-words.ts';
import type { OptionsFor } from '../form/schema-form.tsx';
import { word } from '../words.ts';
import { differenceSayer } from './say-difference.ts';

/**
 * A line of the server's (`stream.url: "a" → "b"`) in words: the field, and what it was and is, as its form says it; a
 * line for each thing that came, went or changed in a list. The values are those of `before` and `after`, for the server
 * cuts long ones short and writes them in JSON; of what neither has, such as a secret, the field alone is told.
 */
export const sayChange = (
  change: string,
  before: unknown,
  after: unknown,
  optionsFor?: OptionsFor,
): readonly string[] => {
  if (change === 'add') return [word('added')];
  if (change === 'remove') return [word('gone')];
  const [, path] = /^([\w.-]+)/.exec(change) ?? [];
  if (path === undefined) return [word('otherwise')];
  const [was, is] = [at(before, path), at(after, path)];
  const key = path.split('.').at(-1) ?? path;
  const isUnknown = JSON.stringify(was) === JSON.stringify(is);
  const lines = isUnknown ? [word('otherwise')] : differenceSayer(optionsFor).changes(key, was, is);
  return lines.map((line) => `${sayPath(path)}: ${line}`);
};

const at = (value: unknown, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>(
      (found, key) =>
        typeof found === 'object' && found !== null ? (found as Record<string, unknown>)[key] : undefined,
      value,
    );
