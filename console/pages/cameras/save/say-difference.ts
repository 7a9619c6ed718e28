import { sayList } from '../../../words/say-list.ts';
import { sayValue } from '../form/value-words.ts';
import { word } from '../words.ts';

/** What is drawn, by name and how many points it has: nobody reads coordinates. */
const sayShape = (shape: object): string | undefined => {
  const { name, id, polygon, points } = shape as Record<string, unknown>;
  const drawn = Array.isArray(polygon) ? polygon : points;
  if (!Array.isArray(drawn)) return undefined;
  return word('shapeOf', { name: String(name ?? id ?? ''), count: drawn.length });
};

const sayItem = (item: unknown): string =>
  (typeof item === 'object' && item !== null && !Array.isArray(item) ? sayShape(item) : undefined) ??
  say(item);

const say = (value: unknown): string => {
  if (value === undefined) return word('notSet');
  if (typeof value === 'string') return sayValue(value);
  return Array.isArray(value) && value.every((one) => typeof one !== 'number')
    ? sayList(value.map(sayItem))
    : JSON.stringify(value);
};

/** A value of before and what it became; what reads the same and is not is said to have been moved. */
export const sayDifference = ({ before, after }: { before?: unknown; after?: unknown }) => {
  const [was, is] = [say(before), say(after)];
  return { was, is: was === is ? `${is} · ${word('shapeMoved')}` : is };
};
