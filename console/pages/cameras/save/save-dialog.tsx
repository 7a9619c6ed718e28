import { useEffect, useState } from 'preact/hooks';
import { toAskFailure } from '../../../http/ask-failure.ts';
import { Button } from '../../../parts/button.tsx';
import { Dialog } from '../../../parts/dialog.tsx';
import { Failure, Loading } from '../../../parts/states.tsx';
import { optionsOf } from '../options.ts';
import { type Change, type Stored, writeSetting } from '../settings.ts';
import { word } from '../words.ts';
import { ConflictTable } from './conflict-table.tsx';
import { onTop } from './on-top.ts';
import { sayChange } from './say-change.ts';

type Values = Readonly<Record<string, unknown>>;

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
  const [present, setPresent] = useState(change);
  /** What the server has, as far as is known here. */
  const [stored, setStored] = useState(base);
  const [changes, setChanges] = useState<readonly string[]>();
  const [failure, setFailure] = useState<unknown>();
  const [isBusy, setBusy] = useState(false);
  useEffect(() => {
    setChanges(undefined);
    setFailure(undefined);
    writeSetting(present, true).then((answer) => setChanges(answer.changes), setFailure);
  }, [present]);
  const keepMine = ({ revision, value: theirs }: Stored<unknown>): void => {
    const { value } = present;
    setStored(theirs);
    setPresent({
      ...{ ...present, revision },
      value: value === undefined ? undefined : onTop(base as Values, value as Values, theirs as Values),
    });
  };
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
        <ConflictTable change={present} base={base} onTakeTheirs={onTakeTheirs} onKeepMine={keepMine} />
      ) : failure !== undefined ? (
        <Failure failure={failure} />
      ) : changes === undefined ? (
        <Loading />
      ) : (
        <>
          <ul class="changes">
            {changes.length === 0 && <li>{word('noChanges')}</li>}
            {changes
              .flatMap((one) =>
                sayChange(one, stored, present.value, optionsOf(present.section, present.value)),
              )
              .map((line, index) => (
                <li key={index}>{line}</li>
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
