import { sayPath } from '../form/field-words.ts';
import { word } from '../words.ts';

/** A line of the server's (`stream.url: "a" → "b"`) with the field in words. */
export const sayChange = (change: string): string => {
  if (change === 'add') return word('added');
  if (change === 'remove') return word('gone');
  const [, path, rest] = /^([A-Za-z.]+)(.*)$/s.exec(change) ?? [];
  return path === undefined ? change : `${sayPath(path)}${rest ?? ''}`;
};
