import { useState } from 'preact/hooks';
import { ask } from '../../../http/ask.ts';
import { Button } from '../../../parts/button.tsx';
import { Dialog } from '../../../parts/dialog.tsx';
import { ServerWords } from '../../../parts/failure-text.tsx';
import { FileField } from '../../../parts/file-field.tsx';
import { Failure } from '../../../parts/states.tsx';
import { tell } from '../../../parts/toast.tsx';
import { savedCount } from '../chosen.ts';
import { sayPath } from '../form/field-words.ts';
import { word } from '../words.ts';

interface Row {
  id: string;
  line?: number;
  outcome: 'added' | 'changed' | 'same' | 'refused';
  changes: string[];
  problems: { name: string; message: string; remedy: string; line?: number }[];
}

interface Answer {
  isDone: boolean;
  rows: Row[];
  elsewhere: string[];
}

const outcomeWords = {
  added: 'create_',
  changed: 'update',
  same: 'unchangedRow',
  refused: 'refused',
} as const;
const maxShown = 500;

const send = async (file: File, dryRun: boolean): Promise<Answer> => {
  const type = /\.ya?ml$/i.test(file.name) ? 'application/yaml' : 'text/csv';
  const text = { type, content: await file.text() };
  return ask('/api/v1/settings/cameras/import', {
    method: 'POST',
    query: { dryRun },
    text,
    deadlineMs: 60_000,
  });
};

/** Many cameras from a file: tried first, then all of them or none. */
export const ImportDialog = ({ onClose }: { onClose(): void }) => {
  const [file, setFile] = useState<File>();
  const [tried, setTried] = useState<Answer>();
  const [failure, setFailure] = useState<unknown>();
  const [isBusy, setBusy] = useState(false);
  const run = async (dryRun: boolean): Promise<void> => {
    if (!file) return;
    setBusy(true);
    setFailure(undefined);
    try {
      const answer = await send(file, dryRun);
      setTried(answer);
      if (answer.isDone) {
        tell(word('importDone'), 'good');
        savedCount.value += 1;
        onClose();
      }
    } catch (thrown) {
      setFailure(thrown);
    }
    setBusy(false);
  };
  const changing =
    tried?.rows.filter(({ outcome }) => outcome === 'added' || outcome === 'changed').length ?? 0;
  const isRefused =
    tried !== undefined &&
    (tried.elsewhere.length > 0 || tried.rows.some(({ outcome }) => outcome === 'refused'));
  const take = (next: File | undefined): void => {
    setFile(next);
    setTried(undefined);
  };
  return (
    <Dialog title={word('importCameras')} onClose={onClose} isWide>
      <p class="muted">{word('importMore')}</p>
      <FileField label={word('importFile')} accept=".csv,.yaml,.yml" file={file} onChange={take} />
      <div class="row">
        <Button disabled={!file || isBusy} onClick={() => void run(true)}>
          {word('importTry')}
        </Button>
        {tried && (
          <Button
            tone="main"
            disabled={isBusy || isRefused || changing === 0}
            onClick={() => void run(false)}
          >
            {word('importDo', { count: changing })}
          </Button>
        )}
      </div>
      {failure !== undefined ? <Failure failure={failure} /> : tried && <Rows answer={tried} />}
    </Dialog>
  );
};

const Rows = ({ answer: { rows, elsewhere } }: { answer: Answer }) => (
  <>
    {elsewhere.length > 0 && (
      <div class="field-problem" role="alert">
        {word('importElsewhere')}
        <ul>
          {elsewhere.map((one) => (
            <li key={one}>{one}</li>
          ))}
        </ul>
      </div>
    )}
    <table class="conflict">
      <thead>
        <tr>
          <th>{word('importRow')}</th>
          <th>{word('importOutcome')}</th>
          <th>{word('importProblem')}</th>
        </tr>
      </thead>
      <tbody>
        {[...rows]
          .sort((a, b) => b.problems.length - a.problems.length)
          .slice(0, maxShown)
          .map((row) => (
            <tr key={`${row.line} ${row.id}`}>
              <th scope="row">{row.line === undefined ? row.id : `${row.line} · ${row.id}`}</th>
              <td class={row.outcome === 'refused' ? 'field-problem' : ''}>
                {word(outcomeWords[row.outcome])}
              </td>
              <td>
                {row.problems.map(({ name, message, remedy }) => (
                  <div key={name + message}>
                    {word('importWrong', { field: sayPath(name) })}
                    <ServerWords>{`${message}; ${remedy}`}</ServerWords>
                  </div>
                ))}
                {row.problems.length === 0 && row.changes.join('; ')}
              </td>
            </tr>
          ))}
      </tbody>
    </table>
  </>
);
