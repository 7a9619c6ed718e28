import { useState } from 'preact/hooks';
import { Empty, Loading } from '../../../parts/states.tsx';
import { Table } from '../../../parts/table.tsx';
import { kindWord, severityWord } from '../../../words/alert-terms.ts';
import { choose, chosen } from '../chosen.ts';
import { sayField } from '../form/field-words.ts';
import { scenarios } from '../options.ts';
import { word } from '../words.ts';

/** All scenarios of the ground. */
export const ScenarioList = () => {
  const [text, setText] = useState('');
  if (!scenarios.value) return <Loading />;
  const items = scenarios.value.filter(
    ({ id, name }) => id.includes(text.trim()) || name.includes(text.trim()),
  );
  return (
    <>
      <div class="list-filters">
        <input
          type="search"
          class="wide"
          aria-label={word('search')}
          placeholder={word('search')}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
      </div>
      {items.length === 0 ? (
        <Empty icon="gear" title={word('none')}>
          {word('noneMore')}
        </Empty>
      ) : (
        <Table
          label={word('scenarios')}
          items={items}
          rowHeight={60}
          keyOf={({ id }) => id}
          isChosen={({ id }) => chosen.value?.section === 'scenarios' && chosen.value.id === id}
          onOpen={({ id }) => choose({ section: 'scenarios', id })}
          columns={[
            {
              key: 'name',
              title: word('scenarios'),
              width: 'minmax(0, 1fr)',
              render: ({ name, kind }) => (
                <div class="two-lines">
                  <strong>{name}</strong>
                  <span class="muted">{kindWord(kind)}</span>
                </div>
              ),
            },
            {
              key: 'severity',
              title: sayField('severity'),
              width: '7rem',
              render: ({ severity }) => severityWord(severity),
            },
          ]}
        />
      )}
    </>
  );
};
