import { word } from '../words.ts';
import { change, type Drawing } from './drawing.ts';
import { problemOf } from './geometry.ts';
import type { Shape } from './shape.ts';

export interface ShapeListProps {
  drawing: Drawing;
  mayChange: boolean;
  onChange(drawing: Drawing): void;
}

/** Every shape by its names, with what is wrong with it. */
export const ShapeList = ({ drawing, mayChange, onChange }: ShapeListProps) => {
  const rename = (index: number, names: Partial<Shape>): void =>
    onChange(
      change(
        drawing,
        drawing.shapes.map((shape, at) => (at === index ? { ...shape, ...names } : shape)),
      ),
    );
  if (drawing.shapes.length === 0) return <p class="muted">{word('noShapes')}</p>;
  return (
    <ul class="shape-list">
      {drawing.shapes.map((shape, index) => {
        const problem = problemOf(shape, drawing.shapes);
        return (
          <li key={index} class={drawing.chosen === index ? 'row chosen' : 'row'}>
            <button
              type="button"
              class={`shape-kind ${shape.kind}`}
              aria-pressed={drawing.chosen === index}
              onClick={() => onChange({ ...drawing, chosen: index, point: undefined })}
            >
              {word(shape.kind)}
            </button>
            <input
              aria-label={word('shapeId')}
              value={shape.id}
              disabled={!mayChange}
              maxLength={63}
              onChange={(event) => rename(index, { id: event.currentTarget.value.trim() })}
            />
            <input
              aria-label={word('shapeName')}
              placeholder={word('shapeName')}
              value={shape.name ?? ''}
              disabled={!mayChange}
              maxLength={64}
              onChange={(event) => rename(index, { name: event.currentTarget.value || undefined })}
            />
            {problem && (
              <span class="field-problem" role="alert">
                {word(problem)}
              </span>
            )}
          </li>
        );
      })}
    </ul>
  );
};
