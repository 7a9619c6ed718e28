import { useEffect, useState } from 'preact/hooks';
import { may } from '../../http/session-state.ts';
import { Button } from '../../parts/button.tsx';
import { failureWords } from '../../words/failure-words.ts';
import type { StoredCamera } from './camera-settings.ts';
import { Drawing } from './drawing/drawing.tsx';
import { problemOf } from './drawing/problems.ts';
import { ShapeList } from './drawing/shape-list.tsx';
import { type Shape, toShapes, withShapes } from './drawing/shapes.ts';
import { begin, redo, step, undo } from './drawing/steps.ts';
import { SaveDialog } from './save-dialog.tsx';
import { usePicture } from './use-picture.ts';
import { word } from './words.ts';

export interface CameraEditorProps {
  stored: StoredCamera;
  onSaved(stored: StoredCamera): void;
  onReload(): void;
}

/** Zones, lines and masks of one camera: drawn, undone, compared and saved. */
export const CameraEditor = ({ stored, onSaved, onReload }: CameraEditorProps) => {
  const [steps, setSteps] = useState(() => begin<readonly Shape[]>(toShapes(stored.camera)));
  const [dragged, setDragged] = useState<readonly Shape[]>();
  const [chosen, setChosen] = useState<number>();
  const [turn, setTurn] = useState(0);
  const [isSaving, setSaving] = useState(false);
  const { picture, failure } = usePicture(stored.camera.id, turn);
  const shapes = dragged ?? steps.present;
  const camera = withShapes(stored.camera, steps.present);
  const isChanged =
    JSON.stringify(camera) !== JSON.stringify(withShapes(stored.camera, toShapes(stored.camera)));
  const onDone = (next: readonly Shape[]): void => {
    setDragged(undefined);
    setSteps((before) => step(before, next));
  };
  const back = (): void => {
    setChosen(undefined);
    setSteps(undo);
  };
  const again = (): void => {
    setChosen(undefined);
    setSteps(redo);
  };
  useUndoKeys(back, again);
  return (
    <div class="camera-editor">
      <div class="stack">
        <Drawing
          {...{ shapes, chosen, onDone }}
          picture={picture?.address}
          aspect={picture?.aspect ?? 0.75}
          onChoose={setChosen}
          onDrag={setDragged}
        />
        {failure !== undefined && <p class="field-problem">{failureWords(failure)}</p>}
        <p class="muted">{word('drawingHelp')}</p>
      </div>
      <div class="stack">
        <ShapeList shapes={steps.present} {...{ chosen, onDone }} onChoose={setChosen} />
        <div class="row">
          <Button disabled={steps.past.length === 0} onClick={back} hint="Ctrl Z">
            {word('undo')}
          </Button>
          <Button disabled={steps.future.length === 0} onClick={again} hint="Ctrl Y">
            {word('redo')}
          </Button>
          <Button onClick={() => setTurn(turn + 1)}>{word('newPicture')}</Button>
        </div>
        <Button
          tone="main"
          disabled={!isChanged || steps.present.some(problemOf) || !may('cameras.write')}
          title={may('cameras.write') ? undefined : word('mayNotWrite')}
          onClick={() => setSaving(true)}
        >
          {word('compare')}
        </Button>
      </div>
      {isSaving && (
        <SaveDialog
          wanted={{ ...stored, camera }}
          onClose={() => setSaving(false)}
          onSaved={(saved) => {
            setSaving(false);
            onSaved(saved);
          }}
          onReload={onReload}
        />
      )}
    </div>
  );
};

/** Undo and redo as everywhere else; not while something is typed, which has its own. */
const useUndoKeys = (back: () => void, again: () => void): void => {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
      if (event.target instanceof Element && event.target.closest('input, textarea, dialog')) return;
      const key = event.key.toLowerCase();
      if (key !== 'z' && key !== 'y') return;
      event.preventDefault();
      if (key === 'y' || event.shiftKey) again();
      else back();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  });
};
