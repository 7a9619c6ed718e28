import { Button } from '../../../parts/button.tsx';
import { word } from '../words.ts';
import { type Drawing, finish, insertPoint, redo, removeChosen, undo } from './drawing.ts';
import type { ShapeKind } from './shape.ts';

const tools = [
  ['zones', 'drawZone'],
  ['lines', 'drawLine'],
  ['masks', 'drawMask'],
] as const satisfies readonly (readonly [ShapeKind, string])[];

/** What can be drawn, and the way back. */
export const DrawingTools = ({
  drawing,
  onChange,
}: {
  drawing: Drawing;
  onChange(drawing: Drawing): void;
}) => {
  const { chosen, point, pending } = drawing;
  const begin = (kind: ShapeKind): void =>
    onChange({
      ...drawing,
      chosen: undefined,
      point: undefined,
      pending: pending?.kind === kind ? undefined : { kind, points: [] },
    });
  return (
    <div class="row shape-tools">
      {tools.map(([kind, name]) => (
        <Button key={kind} isPressed={pending?.kind === kind} onClick={() => begin(kind)}>
          {word(name)}
        </Button>
      ))}
      {pending ? (
        <Button tone="main" hint="Enter" onClick={() => onChange(finish(drawing))}>
          {word('finish')}
        </Button>
      ) : (
        <>
          <Button disabled={drawing.past.length === 0} onClick={() => onChange(undo(drawing))}>
            {word('undo')}
          </Button>
          <Button disabled={drawing.future.length === 0} onClick={() => onChange(redo(drawing))}>
            {word('redo')}
          </Button>
          <Button
            disabled={chosen === undefined}
            onClick={() => chosen !== undefined && onChange(insertPoint(drawing, chosen, point ?? 0))}
          >
            {word('insert')}
          </Button>
          <Button disabled={chosen === undefined} onClick={() => onChange(removeChosen(drawing))}>
            {word('remove')}
          </Button>
        </>
      )}
    </div>
  );
};
