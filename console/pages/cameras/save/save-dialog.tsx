import { useEffect, useState } from 'preact/hooks';
import { toAskFailure } from '../../../http/ask-failure.ts';
import { Button } from '../../../parts/button.tsx';
import { Dialog } from '../../../parts/dialog.tsx';
import { Failure, Loading } from '../../../parts/states.tsx';
import { type Change, writeSetting } from '../settings.ts';
import { word } from '../words.ts';
import { ConflictTable } from './conflict-table.tsx';
import { sayChange } from './say-change.ts';

export interface SaveDialogProps {
  change: Change;
  /** As it was when it was opened. */
  base: unknown;
  onClose(): void;
  onSaved(revision: number): void;
  onTakeTheirs(): void;
}

/** What will change, as the server says it; then it is done, or it is shown who was first. */
export const SaveDialog = ({ change, base, onClose, onSaved, onTakeTheirs }: SaveDialogProps) => {
  const [revision, setRevision] = useState(change.revision);
  const [changes, setChanges] = useState<readonly string[]>();
  const [failure, setFailure] = useState<unknown>();
  const [isBusy, setBusy] = useState(false);
  const present = { ...change, revision };
  useEffect(() => {
    setChanges(undefined);
    setFailure(undefined);
    writeSetting(present, true).then((answer) => setChanges(answer.changes), setFailure);
  }, [revision]);
  const save = async (): Promise<void> => {
    setBusy(true);
    try {
      onSaved((await writeSetting(present, false)).revision);
    } catch (thrown) {
      setFailure(thrown);
    }
    setBusy(false);
  };
  const isConflict = failure !== undefined && toAskFailure(failure).code === 'setting-stale';
  const isRemoval = change.value === undefined;
  return (
    <Dialog
      title={word(isConflict ? 'conflictTitle' : isRemoval ? 'confirmRemove' : 'confirmTitle')}
      onClose={onClose}
      isWide
    >
      {isConflict ? (
        <ConflictTable change={present} base={base} onTakeTheirs={onTakeTheirs} onKeepMine={setRevision} />
      ) : failure !== undefined ? (
        <Failure failure={failure} />
      ) : changes === undefined ? (
        <Loading />
      ) : (
        <>
          <ul class="changes">
            {changes.length === 0 && <li>{word('noChanges')}</li>}
            {changes.map((one) => (
              <li key={one}>{sayChange(one)}</li>
            ))}
          </ul>
          <div class="row">
            <Button
              tone={isRemoval ? 'bad' : 'main'}
              disabled={isBusy || changes.length === 0}
              onClick={() => void save()}
            >
              {word(isRemoval ? 'remove' : 'confirm')}
            </Button>
            <Button onClick={onClose}>{word('cancel')}</Button>
          </div>
        </>
      )}
    </Dialog>
  );
};
