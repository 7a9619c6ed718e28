import { useEffect, useState } from 'preact/hooks';
import { toAskFailure } from '../../http/ask-failure.ts';
import { Button } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { Loading } from '../../parts/states.tsx';
import { tell } from '../../parts/toast.tsx';
import { failureWords } from '../../words/failure-words.ts';
import { compareCamera, type StoredCamera, saveCamera } from './camera-settings.ts';
import { word } from './words.ts';

export interface SaveDialogProps {
  wanted: StoredCamera;
  onClose(): void;
  onSaved(stored: StoredCamera): void;
  /** Takes up what somebody else has saved meanwhile. */
  onReload(): void;
}

/** What would change, before it does; and what stands in the way. */
export const SaveDialog = ({ wanted, onClose, onSaved, onReload }: SaveDialogProps) => {
  const [changes, setChanges] = useState<string[]>();
  const [failure, setFailure] = useState<unknown>();
  const [isBusy, setBusy] = useState(false);
  useEffect(() => {
    compareCamera(wanted).then(setChanges, setFailure);
  }, []);
  const save = async (): Promise<void> => {
    setBusy(true);
    try {
      const saved = await saveCamera(wanted);
      tell(word('saved'), 'good');
      onSaved(saved);
    } catch (thrown) {
      setFailure(thrown);
      setBusy(false);
    }
  };
  const isStale = failure !== undefined && toAskFailure(failure).code === 'setting-stale';
  return (
    <Dialog title={word('changes')} onClose={onClose} isWide>
      <div class="stack">
        {changes === undefined && failure === undefined && <Loading />}
        {changes?.length === 0 && <p>{word('noChanges')}</p>}
        <ul class="changes">
          {changes?.map((change) => (
            <li key={change}>{change}</li>
          ))}
        </ul>
        {failure !== undefined && (
          <p class="field-problem" role="alert">
            {isStale ? word('stale') : failureWords(failure)}
          </p>
        )}
        <div class="row">
          <Button tone="main" disabled={isBusy || !changes || isStale} onClick={() => void save()}>
            {word('save')}
          </Button>
          {isStale && <Button onClick={onReload}>{word('takeTheirs')}</Button>}
          <Button onClick={onClose}>{word('back')}</Button>
        </div>
      </div>
    </Dialog>
  );
};
