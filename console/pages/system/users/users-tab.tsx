import { useState } from 'preact/hooks';
import { askAll } from '../../../http/ask-all.ts';
import { may, signedIn } from '../../../http/session-state.ts';
import { useAnswer } from '../../../http/use-answer.ts';
import { Answered } from '../../../parts/answered.tsx';
import { Button } from '../../../parts/button.tsx';
import { Panel } from '../../../parts/panel.tsx';
import { type ShortColumn, ShortTable } from '../../../parts/short-table.tsx';
import { groundWords } from '../../../words/place-words.ts';
import { sayList } from '../../../words/say-list.ts';
import { word } from '../words.ts';
import type { KeyAccount, MadeSecret, UserAccount } from './account.ts';
import { AccountDialog, type AccountTask } from './account-dialog.tsx';
import { KeysPanel } from './keys-panel.tsx';
import { roleWord } from './role-terms.ts';
import { SecretDialog } from './secret-dialog.tsx';

/** Who may ask, and which programs; a secret is shown once. */
export const UsersTab = () => {
  const users = useAnswer<UserAccount[]>('/api/v1/users', { everyMs: 5000 }, askAll);
  const keys = useAnswer<KeyAccount[]>('/api/v1/keys', { everyMs: 5000 }, askAll);
  const [task, setTask] = useState<AccountTask>();
  const [made, setMade] = useState<MadeSecret>();
  const mayWrite = may('users.write');
  const done = (secret?: MadeSecret): void => {
    setTask(undefined);
    setMade(secret);
    users.again();
    keys.again();
  };
  return (
    <>
      <Panel
        title={word('users')}
        aside={
          mayWrite && (
            <Button tone="main" onClick={() => setTask({ name: 'addUser' })}>
              {word('addUser')}
            </Button>
          )
        }
      >
        <Answered asked={users}>
          {(items) =>
            items.length === 0 ? (
              <p class="muted">{word('noUsers')}</p>
            ) : (
              <ShortTable
                label={word('users')}
                columns={columns(mayWrite, setTask)}
                items={items}
                keyOf={({ id }) => id}
              />
            )
          }
        </Answered>
      </Panel>
      <KeysPanel {...{ keys, mayWrite, onTask: setTask }} />
      {task && <AccountDialog task={task} onDone={done} onClose={() => setTask(undefined)} />}
      {made && <SecretDialog made={made} onClose={() => setMade(undefined)} />}
    </>
  );
};

const columns = (mayWrite: boolean, start: (task: AccountTask) => void): ShortColumn<UserAccount>[] => [
  { key: 'id', title: word('userId'), render: ({ id }) => <span class="code">{id}</span> },
  {
    key: 'roles',
    title: word('roles'),
    render: ({ roles }) => sayList(roles.map((role) => roleWord(role))),
  },
  { key: 'ground', title: word('ground'), render: ({ ground }) => groundWords(ground, word('wholeSite')) },
  ...(mayWrite
    ? [{ key: 'do', title: word('actions'), render: (user: UserAccount) => <Actions {...{ user, start }} /> }]
    : []),
];

/** Nobody changes their own account: somebody else has to see it. */
const Actions = ({ user, start }: { user: UserAccount; start(task: AccountTask): void }) => {
  const isOwn = user.id === signedIn.value?.id;
  const rest = { disabled: isOwn, title: isOwn ? word('notOneself') : undefined };
  return (
    <div class="row">
      <Button {...rest} onClick={() => start({ name: 'changeUser', user })}>
        {word('change')}
      </Button>
      <Button {...rest} onClick={() => start({ name: 'newSecret', user })}>
        {word('newSecret')}
      </Button>
      <Button {...rest} tone="bad" onClick={() => start({ name: 'removeUser', user })}>
        {word('remove')}
      </Button>
    </div>
  );
};
