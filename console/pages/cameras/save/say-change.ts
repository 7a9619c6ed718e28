import { sayPath } from '../form/field-words.ts';
import { word } from '../words.ts';
import { sayDifference } from './say-difference.ts';

/**
 * A line of the server's (`stream.url: "a" → "b"`) in words: the field, and what it was and is, as the forms say it. The
 * values are those of `before` and `after`, for the server cuts long ones short; what neither has, such as a secret, is told as it stands.
 */
export const sayChange = (change: string, before: unknown, after: unknown): string => {
  if (change === 'add') return word('added');
  if (change === 'remove') return word('gone');
  const [, path, rest = ''] = /^([A-Za-z.]+)(.*)$/s.exec(change) ?? [];
  if (path === undefined) return change;
  const values = { before: at(before, path), after: at(after, path) };
  if (values.before === undefined && values.after === undefined) return `${sayPath(path)}${rest}`;
  const { was, is } = sayDifference(values);
  return `${sayPath(path)}: ${was} → ${is}`;
};

const at = (value: unknown, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>(
      (found, key) =>
        typeof found === 'object' && found !== null ? (found as Record<string, unknown>)[key] : undefined,
      value,
    );
