import type { Asked } from '../../../http/use-answer.ts';
import { Answered } from '../../../parts/answered.tsx';
import { Badge } from '../../../parts/badge.tsx';
import { Button } from '../../../parts/button.tsx';
import { Panel } from '../../../parts/panel.tsx';
import { type ShortColumn, ShortTable } from '../../../parts/short-table.tsx';
import { groundWords } from '../../../words/place-words.ts';
import { sayList } from '../../../words/say-list.ts';
import { dayName, now } from '../../../words/site-time.ts';
import { word } from '../words.ts';
import type { KeyAccount } from './account.ts';
import type { AccountTask } from './account-dialog.tsx';
import { roleWord } from './role-terms.ts';

interface Props {
  keys: Asked<KeyAccount[]>;
  mayWrite: boolean;
  onTask(task: AccountTask): void;
}

/** Programs that may ask. A key is not changed: another is made and this one removed. */
export const KeysPanel = ({ keys, mayWrite, onTask }: Props) => (
  <Panel
    title={word('keys')}
    aside={
      mayWrite && (
        <Button tone="main" onClick={() => onTask({ name: 'addKey' })}>
          {word('addKey')}
        </Button>
      )
    }
  >
    <p class="muted">{word('keysMore')}</p>
    <Answered asked={keys}>
      {(items) =>
        items.length === 0 ? (
          <p class="muted">{word('noKeys')}</p>
        ) : (
          <ShortTable
            label={word('keys')}
            columns={columns(mayWrite, onTask)}
            items={items}
            keyOf={({ id }) => id}
          />
        )
      }
    </Answered>
  </Panel>
);

const columns = (mayWrite: boolean, start: Props['onTask']): ShortColumn<KeyAccount>[] => [
  { key: 'id', title: word('keyId'), render: ({ id }) => <span class="code">{id}</span> },
  {
    key: 'roles',
    title: word('roles'),
    render: ({ roles }) => sayList(roles.map((role) => roleWord(role))),
  },
  { key: 'ground', title: word('ground'), render: ({ ground }) => groundWords(ground, word('wholeSite')) },
  {
    key: 'expires',
    title: word('expires'),
    render: ({ expires }) => (
      <span class="row">
        {dayName(expires)}
        {expires <= now.value && <Badge tone="bad">{word('expired')}</Badge>}
      </span>
    ),
  },
  ...(mayWrite
    ? [
        {
          key: 'do',
          title: word('actions'),
          render: (key: KeyAccount) => (
            <Button tone="bad" onClick={() => start({ name: 'removeKey', key })}>
              {word('remove')}
            </Button>
          ),
        },
      ]
    : []),
];
