import { Button } from '../../../parts/button.tsx';
import { Field } from '../../../parts/field.tsx';
import { word } from '../words.ts';
import { addShape } from './edit.ts';
import { problemOf } from './problems.ts';
import { type Shape, shapeKinds } from './shapes.ts';

export interface ShapeListProps {
  shapes: readonly Shape[];
  chosen: number | undefined;
  onChoose(index: number | undefined): void;
  onDone(shapes: readonly Shape[]): void;
}

const mayHave = 32;

/** What is drawn, by name: to be chosen, renamed, added and taken away. */
export const ShapeList = ({ shapes, chosen, onChoose, onDone }: ShapeListProps) => {
  const shape = chosen === undefined ? undefined : shapes[chosen];
  const problem = shape && problemOf(shape);
  const add = (kind: Shape['kind']): void => {
    onDone(addShape(shapes, kind));
    onChoose(shapes.length);
  };
  return (
    <div class="stack">
      <div class="row">
        {shapeKinds.map((kind) => (
          <Button
            key={kind}
            disabled={shapes.filter((one) => one.kind === kind).length >= mayHave}
            onClick={() => add(kind)}
          >
            {word('add', { kind: word(kind) })}
          </Button>
        ))}
      </div>
      <ul class="shape-list" aria-label={word('shapes')}>
        {shapes.map((one, index) => (
          <li key={`${one.kind} ${one.id}`}>
            <button
              type="button"
              class={`shape-item ${one.kind}`}
              aria-pressed={index === chosen}
              onClick={() => onChoose(index)}
            >
              <span>{one.name ?? one.id}</span>
              <span class="muted">{word(one.kind)}</span>
              {problemOf(one) && <span class="field-problem">{word(problemOf(one) ?? 'tooSmall')}</span>}
            </button>
          </li>
        ))}
        {shapes.length === 0 && <li class="muted">{word('noShapes')}</li>}
      </ul>
      {shape && chosen !== undefined && (
        <div class="stack">
          <Field
            label={word('shapeName')}
            hint={shape.id}
            problem={problem === undefined ? undefined : word(problem)}
          >
            <input
              type="text"
              maxLength={64}
              value={shape.name ?? ''}
              onChange={({ currentTarget: { value } }) =>
                onDone(shapes.map((one, index) => (index === chosen ? { ...one, name: value.trim() } : one)))
              }
            />
          </Field>
          <Button
            tone="bad"
            onClick={() => {
              onDone(shapes.filter((_, index) => index !== chosen));
              onChoose(undefined);
            }}
          >
            {word('removeShape')}
          </Button>
        </div>
      )}
    </div>
  );
};
