import { useRef } from 'preact/hooks';
import { word } from '../words.ts';
import { change, type Drawing, insertPoint, replace } from './drawing.ts';
import { moveAll, nearestOn, problemOf, sidesOf, snap } from './geometry.ts';
import type { Shape, ShapePoint } from './shape.ts';

export interface DrawingSurfaceProps {
  drawing: Drawing;
  /** Width by height of the picture. */
  ratio: number;
  mayChange: boolean;
  onChange(drawing: Drawing): void;
  onKeyDown(event: KeyboardEvent): void;
}

interface Drag {
  before: Drawing;
  index: number;
  point: number | undefined;
  from: ShapePoint;
}

const height = 1000;

/** The shapes over the picture. A double click on a side inserts a point. */
export const DrawingSurface = ({ drawing, ratio, mayChange, onChange, onKeyDown }: DrawingSurfaceProps) => {
  const drag = useRef<Drag | undefined>(undefined);
  const width = height * ratio;
  const whereIn = (event: PointerEvent | MouseEvent): ShapePoint => {
    const box = (event.currentTarget as Element).closest('svg')?.getBoundingClientRect();
    return box ? [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height] : [0, 0];
  };
  const begin = (event: PointerEvent, index: number, point?: number): void => {
    if (drawing.pending) return;
    event.stopPropagation();
    const svg = (event.currentTarget as Element).closest('svg');
    svg?.focus();
    const before = { ...drawing, chosen: index, point };
    onChange(before);
    if (!mayChange) return;
    svg?.setPointerCapture(event.pointerId);
    drag.current = { before, index, point, from: whereIn(event) };
  };
  const move = (event: PointerEvent): void => {
    if (drag.current) onChange(dragged(drag.current, whereIn(event)));
  };
  const press = (event: PointerEvent): void => {
    const { pending } = drawing;
    const points = [...(pending?.points ?? []), snap(whereIn(event), drawing.shapes)];
    if (pending) onChange({ ...drawing, pending: { ...pending, points } });
    else onChange({ ...drawing, chosen: undefined, point: undefined });
  };
  const insert = (event: MouseEvent, index: number): void => {
    const shape = drawing.shapes[index];
    if (shape && mayChange)
      onChange(insertPoint(drawing, index, nearestSide(shape, whereIn(event)), whereIn(event)));
  };
  return (
    <svg
      class={drawing.pending ? 'shapes drawing' : 'shapes'}
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      // Not `tabIndex`: the names of SVG's attributes keep their case, and that one makes nothing focusable.
      tabindex={0}
      role="application"
      aria-label={word('canvas')}
      onPointerDown={press}
      onPointerMove={move}
      onPointerUp={() => {
        drag.current = undefined;
      }}
      onPointerCancel={() => {
        drag.current = undefined;
      }}
      onKeyDown={onKeyDown}
    >
      {drawing.shapes.map((shape, index) => (
        <ShapeMark
          key={`${shape.kind}-${index}`}
          {...{ shape, ratio }}
          isChosen={drawing.chosen === index}
          point={drawing.point}
          isWrong={problemOf(shape, drawing.shapes) !== undefined}
          onPress={(event, point) => begin(event, index, point)}
          onInsert={(event) => insert(event, index)}
        />
      ))}
      {drawing.pending && (
        <polyline
          class={`shape pending ${drawing.pending.kind}`}
          points={written(drawing.pending.points, ratio)}
        />
      )}
      {drawing.pending?.points.map(([x, y]) => (
        <circle key={`${x} ${y}`} class="handle" cx={x * width} cy={y * height} r={10} />
      ))}
    </svg>
  );
};

const written = (points: readonly ShapePoint[], ratio: number): string =>
  points.map(([x, y]) => `${x * height * ratio},${y * height}`).join(' ');

/** One step back however long it was dragged. */
const dragged = ({ before, index, point, from }: Drag, to: ShapePoint): Drawing => {
  const shape = before.shapes[index];
  if (!shape) return before;
  const others = before.shapes.filter((_, at) => at !== index);
  const points =
    point === undefined
      ? moveAll(shape.points, to[0] - from[0], to[1] - from[1])
      : shape.points.map((old, at) => (at === point ? snap(to, others) : old));
  return change(before, replace(before.shapes, index, points));
};

const nearestSide = (shape: Shape, point: ShapePoint): number => {
  const distances = sidesOf(shape).map(([a, b]) => {
    const [x, y] = nearestOn(point, a, b);
    return Math.hypot(x - point[0], y - point[1]);
  });
  return distances.indexOf(Math.min(...distances));
};

interface ShapeMarkProps {
  shape: Shape;
  ratio: number;
  isChosen: boolean;
  point: number | undefined;
  isWrong: boolean;
  onPress(event: PointerEvent, point?: number): void;
  onInsert(event: MouseEvent): void;
}

const ShapeMark = ({ shape, ratio, isChosen, point, isWrong, onPress, onInsert }: ShapeMarkProps) => {
  const Outline = shape.kind === 'lines' ? 'polyline' : 'polygon';
  const marks = `shape ${shape.kind}${isChosen ? ' chosen' : ''}${isWrong ? ' wrong' : ''}`;
  const [x, y] = shape.points[0] ?? [0, 0];
  return (
    <g>
      <Outline
        class={marks}
        points={written(shape.points, ratio)}
        onPointerDown={(event: PointerEvent) => onPress(event)}
        onDblClick={onInsert}
      />
      <text class="shape-name" x={x * height * ratio + 14} y={Math.max(40, y * height - 14)}>
        {shape.name ?? shape.id}
      </text>
      {isChosen &&
        shape.points.map(([px, py], index) => (
          <circle
            key={index}
            class={point === index ? 'handle chosen' : 'handle'}
            cx={px * height * ratio}
            cy={py * height}
            r={point === index ? 16 : 11}
            onPointerDown={(event) => onPress(event, index)}
          />
        ))}
    </g>
  );
};
