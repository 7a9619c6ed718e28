import { useEffect, useState } from 'preact/hooks';
import type { AuditRecord } from '../../../../core/schema/audit.ts';
import { ask } from '../../../http/ask.ts';
import { Button } from '../../../parts/button.tsx';
import { Panel } from '../../../parts/panel.tsx';
import { Empty, Failure, Loading } from '../../../parts/states.tsx';
import { type Column, Table } from '../../../parts/table.tsx';
import { groundWords } from '../../../words/place-words.ts';
import { now, whenTold } from '../../../words/site-time.ts';
import { word } from '../words.ts';
import { AuditCheckPanel } from './audit-check-panel.tsx';
import { type AuditFilter, AuditFilterFields, noFilter } from './audit-filter.tsx';
import { sayState, sayVerb } from './audit-terms.ts';
import { RecordDialog } from './record-dialog.tsx';

interface Page {
  items: AuditRecord[];
  nextCursor?: string;
}

const day = 86_400_000;

const queryOf = ({ who, what, target, days }: AuditFilter, cursor: string | undefined) => ({
  ...(who.trim() === '' ? {} : { who: who.trim() }),
  ...(what === '' ? {} : { what }),
  ...(target.trim() === '' ? {} : { target: target.trim() }),
  ...(days === '' ? {} : { from: Math.round(now.peek() - Number(days) * day) }),
  ...{ cursor, limit: 200 },
});

/** Who did what: all that was written down, and whether anybody changed it afterwards. */
export const AuditTab = () => {
  const [filter, setFilter] = useState(noFilter);
  const [opened, setOpened] = useState<AuditRecord>();
  const { page, failure, more, again } = useRecords(filter);
  return (
    <>
      <AuditCheckPanel />
      <Panel title={word('auditLog')}>
        <AuditFilterFields filter={filter} onChange={setFilter} />
        {page === undefined && failure === undefined && <Loading />}
        {page === undefined && failure !== undefined && <Failure {...{ failure }} onRetry={again} />}
        {page?.items.length === 0 && <Empty icon="note" title={word('noRecord')} />}
        {page && page.items.length > 0 && (
          <>
            <div class="audit-table">
              <Table
                label={word('auditLog')}
                columns={columns()}
                items={page.items}
                keyOf={({ number }) => String(number)}
                onOpen={setOpened}
              />
            </div>
            {failure !== undefined && <Failure {...{ failure }} onRetry={more} />}
            <div class="row">
              <span class="muted">{word('recordsShown', { count: page.items.length })}</span>
              {page.nextCursor !== undefined && <Button onClick={more}>{word('more')}</Button>}
            </div>
          </>
        )}
      </Panel>
      {opened && <RecordDialog record={opened} onClose={() => setOpened(undefined)} />}
    </>
  );
};

/** Records of a filter, page after page. */
const useRecords = (filter: AuditFilter) => {
  const [page, setPage] = useState<Page>();
  const [failure, setFailure] = useState<unknown>();
  const [turn, setTurn] = useState(0);
  const load = async (before: Page | undefined, signal?: AbortSignal): Promise<void> => {
    try {
      const options = { query: queryOf(filter, before?.nextCursor), ...(signal ? { signal } : {}) };
      const found = await ask<Page>('/api/v1/audit', options);
      if (signal?.aborted) return;
      setPage({ ...found, items: [...(before?.items ?? []), ...found.items] });
      setFailure(undefined);
    } catch (thrown) {
      if (!signal?.aborted) setFailure(thrown);
    }
  };
  useEffect(() => {
    const leaving = new AbortController();
    setPage(undefined);
    setFailure(undefined);
    void load(undefined, leaving.signal);
    return () => leaving.abort();
  }, [filter, turn]);
  return { page, failure, more: () => void load(page), again: () => setTurn((count) => count + 1) };
};

const columns = (): Column<AuditRecord>[] => [
  { key: 'number', title: word('number'), width: '5rem', render: ({ number }) => number },
  { key: 'at', title: word('when'), width: '10.5rem', render: ({ entry }) => whenTold(entry.at) },
  { key: 'who', title: word('who'), width: '7.5rem', render: ({ entry }) => entry.who },
  { key: 'what', title: word('what'), width: '7.5rem', render: ({ entry }) => sayVerb(entry.what) },
  { key: 'target', title: word('target'), width: 'minmax(8rem, 2fr)', render: ({ entry }) => entry.target },
  {
    key: 'why',
    title: word('why'),
    width: 'minmax(6rem, 1fr)',
    render: ({ entry: { to, why } }) => [to && sayState(to), why].filter(Boolean).join(' · '),
  },
  {
    key: 'place',
    title: word('place'),
    width: '7.5rem',
    render: ({ entry: { place } }) => (place === undefined ? '–' : groundWords(place, '')),
  },
];
