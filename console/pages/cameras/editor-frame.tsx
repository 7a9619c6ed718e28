import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { Button } from '../../parts/button.tsx';
import { tell } from '../../parts/toast.tsx';
import { choose, savedCount } from './chosen.ts';
import { SaveDialog } from './save/save-dialog.tsx';
import type { Section, Stored } from './settings.ts';
import { word } from './words.ts';

export interface EditorFrameProps {
  section: Section;
  stored: Stored<{ id: string; name: string }>;
  draft: { id: string; name: string };
  mayChange: boolean;
  /** Why it cannot be saved as it is. */
  problem?: string | undefined;
  onReload(): void;
  onSaved?: () => void;
  children: ComponentChildren;
}

/** Its name, what can be done with all of it, and the dialog in which that is done. */
export const EditorFrame = (props: EditorFrameProps) => {
  const { section, stored, draft, mayChange, problem, onReload, onSaved, children } = props;
  const [open, setOpen] = useState<'save' | 'remove'>();
  const isNew = stored.revision === 0;
  const isChanged = isNew || JSON.stringify(draft) !== JSON.stringify(stored.value);
  const refusal = problem ?? (isChanged ? undefined : word('unchanged'));
  const close = (): void => setOpen(undefined);
  const reload = (): void => {
    close();
    onReload();
  };
  const saved = (revision: number): void => {
    tell(open === 'remove' ? word('removed') : word('saved', { revision }), 'good');
    savedCount.value += 1;
    if (open !== 'remove') onSaved?.();
    if (open === 'remove') choose(undefined);
    else if (isNew) choose({ section, id: draft.id });
    else reload();
  };
  return (
    <div class="editor">
      <header class="editor-head">
        <h2>{draft.name || word(section === 'cameras' ? 'addCamera' : 'addScenario')}</h2>
        <span class={isChanged ? 'editor-changed' : 'muted'}>
          {mayChange ? word(isChanged ? 'changed' : 'unchanged') : word('readOnly')}
        </span>
        {mayChange && (
          <div class="row">
            <Button
              tone="main"
              disabled={refusal !== undefined}
              title={refusal}
              onClick={() => setOpen('save')}
            >
              {word('save')}
            </Button>
            <Button disabled={!isChanged} onClick={isNew ? () => choose(undefined) : onReload}>
              {word('revert')}
            </Button>
            {!isNew && (
              <Button tone="bad" onClick={() => setOpen('remove')}>
                {word('removeIt')}
              </Button>
            )}
          </div>
        )}
      </header>
      {children}
      {open && (
        <SaveDialog
          change={{
            section,
            id: draft.id,
            revision: stored.revision,
            value: open === 'save' ? draft : undefined,
          }}
          base={stored.value}
          onClose={close}
          onSaved={saved}
          onTakeTheirs={reload}
        />
      )}
    </div>
  );
};
