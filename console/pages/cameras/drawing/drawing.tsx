import type { TargetedPointerEvent } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { Point } from '../../../../core/schema/geometry.ts';
import { word } from '../words.ts';
import { insertPoint, movePoint, moveShape, removePoint, snapped } from './edit.ts';
import { problemOf } from './problems.ts';
import type { Shape } from './shapes.ts';

export interface DrawingProps {
  /** The picture below, and how high it is for its width. */
  picture: string | undefined;
  aspect: number;
  shapes: readonly Shape[];
  chosen: number | undefined;
  onChoose(index: number): void;
  /** While something is dragged: seen at once, remembered as one step when it is let go. */
  onDrag(shapes: readonly Shape[]): void;
  onDone(shapes: readonly Shape[]): void;
}

/** Units of the drawing's width; its height follows from the picture. */
const width = 1000;
/** One press of an arrow key, in shares of the picture; with Shift it is four times as far. */
const nudge = 0.005;

interface Held {
  shape: number;
  /** The point that is held; the whole shape without it. */
  point?: number | undefined;
  from: Point;
  before: readonly Shape[];
}

const arrows: Readonly<Record<string, Point>> = {
  ArrowLeft: [-nudge, 0],
  ArrowRight: [nudge, 0],
  ArrowUp: [0, -nudge],
  ArrowDown: [0, nudge],
};

/** Zones, lines and masks over the camera's picture, to be drawn by mouse, finger or keys. */
export const Drawing = (props: DrawingProps) => {
  const { picture, aspect, shapes, chosen, onChoose, onDrag, onDone } = props;
  const height = width * aspect;
  const root = useRef<SVGSVGElement>(null);
  const [held, setHeld] = useState<Held>();

  const shareAt = ({ clientX, clientY }: PointerEvent): Point => {
    const box = root.current?.getBoundingClientRect();
    return box ? [(clientX - box.left) / box.width, (clientY - box.top) / box.height] : [0, 0];
  };
  const hold = (event: TargetedPointerEvent<SVGElement>, shape: number, point?: number): void => {
    event.preventDefault();
    event.stopPropagation();
    root.current?.setPointerCapture(event.pointerId);
    event.currentTarget.focus();
    onChoose(shape);
    setHeld({ shape, point, from: shareAt(event), before: shapes });
  };
  const drag = (event: PointerEvent): void => {
    if (!held) return;
    const { shape, point, from, before } = held;
    const at = shareAt(event);
    const others = before.filter((_, index) => index !== shape);
    onDrag(
      point === undefined
        ? moveShape(before, shape, at[0] - from[0], at[1] - from[1])
        : movePoint(before, { shape, point }, event.altKey ? at : snapped(at, others)),
    );
  };
  const letGo = (): void => {
    if (held && held.before !== shapes) onDone(shapes);
    setHeld(undefined);
  };
  const pressed = (event: KeyboardEvent, shape: number, point?: number): void => {
    const by = arrows[event.key];
    const far = event.shiftKey ? 4 : 1;
    const old = point === undefined ? undefined : shapes[shape]?.points[point];
    if (by && old && point !== undefined)
      onDone(movePoint(shapes, { shape, point }, [old[0] + by[0] * far, old[1] + by[1] * far]));
    else if (by) onDone(moveShape(shapes, shape, by[0] * far, by[1] * far));
    else if (event.key === 'Delete' && point !== undefined) onDone(removePoint(shapes, shape, point));
    else if (event.key === 'Insert' && point !== undefined) onDone(insertPoint(shapes, shape, point));
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const at = ([x, y]: Point): string => `${x * width},${y * height}`;

  return (
    <svg
      ref={root}
      class="drawing"
      viewBox={`0 0 ${width} ${height}`}
      role="group"
      aria-label={word('drawing')}
      onPointerMove={drag}
      onPointerUp={letGo}
      onPointerCancel={letGo}
    >
      {picture && <image href={picture} width={width} height={height} preserveAspectRatio="none" />}
      {shapes.map((shape, index) => {
        const isChosen = index === chosen;
        const points = shape.points.map(at).join(' ');
        const state = `${shape.kind} ${isChosen ? 'chosen' : ''} ${problemOf(shape) ? 'unfit' : ''}`;
        const common = {
          class: `shape ${state}`,
          points,
          tabIndex: 0,
          role: 'button' as const,
          'aria-label': word('shapeLabel', { kind: word(shape.kind), name: shape.name ?? shape.id }),
          onPointerDown: (event: TargetedPointerEvent<SVGElement>) => hold(event, index),
          onFocus: () => onChoose(index),
          onKeyDown: (event: KeyboardEvent) => pressed(event, index),
        };
        return (
          <g key={`${shape.kind} ${shape.id}`}>
            {shape.kind === 'line' ? (
              <polyline {...common} marker-end="url(#line-end)" />
            ) : (
              <polygon {...common} />
            )}
            <text
              class="shape-name"
              x={(shape.points[0]?.[0] ?? 0) * width + 8}
              y={(shape.points[0]?.[1] ?? 0) * height + 26}
            >
              {shape.name ?? shape.id}
            </text>
          </g>
        );
      })}
      {chosen !== undefined &&
        shapes[chosen]?.points.map((point, which) => (
          <circle
            key={which}
            class="point"
            cx={point[0] * width}
            cy={point[1] * height}
            r={11}
            tabIndex={0}
            role="button"
            aria-label={word('pointLabel', { number: which + 1 })}
            onPointerDown={(event) => hold(event, chosen, which)}
            onDblClick={() => onDone(insertPoint(shapes, chosen, which))}
            onKeyDown={(event) => pressed(event, chosen, which)}
          />
        ))}
      <defs>
        <marker
          id="line-end"
          viewBox="0 0 10 10"
          refX="9"
          refY="5"
          markerWidth="7"
          markerHeight="7"
          orient="auto"
        >
          <path d="M0 0 L10 5 L0 10 z" class="line-end" />
        </marker>
      </defs>
    </svg>
  );
};
