import { type Drawing, finish, insertPoint, nudge, redo, removeChosen, undo } from './drawing.ts';

type Press = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey'>;

const arrows: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
const step = 0.002;

const choosePoint = (drawing: Drawing, by: number): Drawing => {
  const index = drawing.chosen ?? 0;
  const count = drawing.shapes[index]?.points.length ?? 0;
  if (count === 0) return drawing;
  const point = drawing.point === undefined ? (by > 0 ? 0 : count - 1) : (drawing.point + by + count) % count;
  return { ...drawing, chosen: index, point };
};

const insert = (drawing: Drawing): Drawing =>
  drawing.chosen === undefined ? drawing : insertPoint(drawing, drawing.chosen, drawing.point ?? 0);

const leave = ({ pending, point, ...drawing }: Drawing): Drawing =>
  pending || point !== undefined ? drawing : { ...drawing, chosen: undefined };

const acts: Readonly<Record<string, (drawing: Drawing) => Drawing>> = {
  Delete: removeChosen,
  Backspace: removeChosen,
  Escape: leave,
  Enter: finish,
  n: (drawing) => choosePoint(drawing, 1),
  p: (drawing) => choosePoint(drawing, -1),
  i: insert,
};

/** What a key makes of a drawing; undefined when it has no meaning here. */
export const drawingKey = (
  drawing: Drawing,
  { key, shiftKey, ctrlKey, metaKey }: Press,
): Drawing | undefined => {
  const letter = key.length === 1 ? key.toLowerCase() : key;
  if (ctrlKey || metaKey) {
    if (letter === 'y' || (letter === 'z' && shiftKey)) return redo(drawing);
    return letter === 'z' ? undo(drawing) : undefined;
  }
  const arrow = arrows[key];
  const size = shiftKey ? step * 10 : step;
  return arrow ? nudge(drawing, arrow[0] * size, arrow[1] * size) : acts[letter]?.(drawing);
};
