import { useState } from 'preact/hooks';
import { Camera } from '../../../core/schema/camera.ts';
import { may } from '../../http/session-state.ts';
import { now } from '../../words/site-time.ts';
import { EditorFrame } from './editor-frame.tsx';
import type { FieldSchema } from './form/field-schema.ts';
import { SchemaForm } from './form/schema-form.tsx';
import { InForce, savedAt } from './in-force.tsx';
import { cameraOptions } from './options.ts';
import type { Stored } from './settings.ts';
import { problemOf } from './shapes/geometry.ts';
import { shapesOf, withShapes } from './shapes/shape.ts';
import { ShapeEditor } from './shapes/shape-editor.tsx';
import { word } from './words.ts';

const drawn = ['zones', 'lines', 'masks'];

/** One camera: its picture with what is drawn over it, and its settings with the legal register. */
export const CameraEditor = ({ stored, onReload }: { stored: Stored<Camera>; onReload(): void }) => {
  const [draft, setDraft] = useState<Camera>(stored.value);
  const isNew = stored.revision === 0;
  const mayChange = may('cameras.write');
  const shapes = shapesOf(draft);
  const wrong = shapes.find((shape) => problemOf(shape, shapes) !== undefined);
  const problem = wrong && `${wrong.name ?? wrong.id}: ${word(problemOf(wrong, shapes) ?? 'few')}`;
  const noteSaved = (): void => {
    savedAt.value = { cameraId: draft.id, at: now.value };
  };
  return (
    <EditorFrame section="cameras" {...{ stored, draft, mayChange, problem, onReload }} onSaved={noteSaved}>
      <InForce cameraId={draft.id} revision={stored.revision} />
      {!isNew && (
        <section aria-label={word('picture')}>
          <ShapeEditor
            cameraId={draft.id}
            shapes={shapes}
            mayChange={mayChange}
            onChange={(next) => setDraft((camera) => withShapes(camera, next))}
          />
        </section>
      )}
      <section>
        <h3>{word('form')}</h3>
        <fieldset class="form-all" disabled={!mayChange}>
          <SchemaForm
            schema={Camera as unknown as FieldSchema}
            value={draft}
            without={isNew ? drawn : [...drawn, 'id']}
            optionsFor={cameraOptions}
            onChange={(next) => setDraft(next as Camera)}
          />
        </fieldset>
      </section>
    </EditorFrame>
  );
};
