import { useState } from 'preact/hooks';
import type { UserRole } from '../../../../core/schema/role.ts';
import { signedIn } from '../../../http/session-state.ts';
import { Button } from '../../../parts/button.tsx';
import { Dialog } from '../../../parts/dialog.tsx';
import { Field } from '../../../parts/field.tsx';
import { tell } from '../../../parts/toast.tsx';
import { failureWords } from '../../../words/failure-words.ts';
import { word } from '../words.ts';
import type { KeyAccount, MadeSecret, UserAccount } from './account.ts';
import { GroundField, RoleFields } from './account-fields.tsx';
import { type AccountEntry, doTask } from './do-task.ts';

export type AccountTask =
  | { name: 'addUser' | 'addKey' }
  | { name: 'changeUser' | 'newSecret' | 'removeUser'; user: UserAccount }
  | { name: 'removeKey'; key: KeyAccount };

interface Props {
  task: AccountTask;
  onDone(made?: MadeSecret): void;
  onClose(): void;
}

const entryOf = (task: AccountTask): AccountEntry => ({
  id: '',
  ground: 'user' in task ? task.user.ground : (signedIn.value?.ground ?? ''),
  roles: 'user' in task ? [...task.user.roles] : (['operator'] as UserRole[]),
  days: '180',
});

const dangerous = new Set(['newSecret', 'removeUser', 'removeKey']);

/** One thing that is done to a user or a key; what cannot be undone says so before. */
export const AccountDialog = ({ task, onDone, onClose }: Props) => {
  const [entry, setEntry] = useState(() => entryOf(task));
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const subject = 'user' in task ? task.user.id : 'key' in task ? task.key.id : '';
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    try {
      const made = await doTask(task, entry);
      tell(word(`done-${task.name}`, { id: subject || entry.id }), 'good');
      onDone(made);
    } catch (failure) {
      setProblem(failureWords(failure));
      setBusy(false);
    }
  };
  return (
    <Dialog title={word(`task-${task.name}`, { id: subject })} onClose={onClose}>
      <form class="stack" onSubmit={(event) => void submit(event)}>
        {dangerous.has(task.name) ? (
          <p>{word(`warn-${task.name as 'newSecret' | 'removeUser' | 'removeKey'}`)}</p>
        ) : (
          <Entry {...{ task, entry }} onChange={setEntry} />
        )}
        {problem && (
          <p class="field-problem" role="alert">
            {problem}
          </p>
        )}
        <div class="row">
          <Button
            type="submit"
            tone={dangerous.has(task.name) ? 'bad' : 'main'}
            disabled={isBusy || entry.roles.length === 0}
          >
            {word(`task-short-${task.name}`)}
          </Button>
          <Button onClick={onClose}>{word('leave')}</Button>
        </div>
      </form>
    </Dialog>
  );
};

interface EntryProps {
  task: AccountTask;
  entry: AccountEntry;
  onChange(entry: AccountEntry): void;
}

const lives = ['30', '90', '180', '365'] as const;

const Entry = ({ task: { name }, entry, onChange }: EntryProps) => (
  <>
    {name !== 'changeUser' && (
      <Field label={word(name === 'addKey' ? 'keyId' : 'userId')} hint={word('idHint')}>
        <input
          value={entry.id}
          required
          maxLength={name === 'addKey' ? 48 : 63}
          pattern="[a-z0-9][a-z0-9\-]*"
          onInput={({ currentTarget: { value } }) => onChange({ ...entry, id: value })}
        />
      </Field>
    )}
    <GroundField ground={entry.ground} onChange={(ground) => onChange({ ...entry, ground })} />
    <RoleFields
      roles={entry.roles}
      isForKey={name === 'addKey'}
      onChange={(roles) => onChange({ ...entry, roles })}
    />
    {name === 'addKey' && (
      <Field label={word('goodFor')}>
        <select
          value={entry.days}
          onChange={({ currentTarget: { value } }) => onChange({ ...entry, days: value })}
        >
          {lives.map((days) => (
            <option key={days} value={days}>
              {word('days', { count: days })}
            </option>
          ))}
        </select>
      </Field>
    )}
    {name !== 'changeUser' && <p class="muted">{word('secretMade')}</p>}
    {name === 'changeUser' && <p class="muted">{word('sessionsEnd')}</p>}
  </>
);
