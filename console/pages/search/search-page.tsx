import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { Button } from '../../parts/button.tsx';
import { Choice } from '../../parts/choice.tsx';
import { Empty, Failure, Loading } from '../../parts/states.tsx';
import { kindWord, severityWord, stateWord } from '../../words/alert-terms.ts';
import { alertWords } from '../../words/alert-words.ts';
import { placeWords } from '../../words/place-words.ts';
import { Filters } from './filters.tsx';
import { Gallery, ResultTable } from './results.tsx';
import { fromSearch } from './search-query.ts';
import {
  type FoundAlert,
  failure,
  found,
  isAsking,
  more,
  nextCursor,
  query,
  search,
} from './search-store.ts';
import { Timeline } from './timeline.tsx';
import { toCsv } from './to-csv.ts';
import { word } from './words.ts';
import './search.css';

/** 检索: alerts over months, by place, time, kind, severity, state and camera. */
export const SearchPage = () => {
  const view = useSignal<'table' | 'gallery'>('table');
  useEffect(() => {
    void search(fromSearch(location.search));
  }, []);
  return (
    <div class="search">
      <Filters />
      <section class="search-results" aria-label={word('results')} aria-busy={isAsking.value}>
        <header class="row search-head">
          <strong role="status">{summary()}</strong>
          <span class="grow" />
          <Choice
            label={word('view')}
            value={view.value}
            options={[
              { value: 'table', label: word('table') },
              { value: 'gallery', label: word('gallery') },
            ]}
            onChoose={(value) => {
              view.value = value;
            }}
          />
          <Button disabled={!found.value?.length} onClick={() => download(found.value ?? [])}>
            {word('csv')}
          </Button>
        </header>
        <Timeline />
        <Answer view={view.value} />
      </section>
    </div>
  );
};

const summary = (): string => {
  const count = found.value?.length;
  if (count === undefined) return '';
  return word(nextCursor.value === undefined ? 'foundAll' : 'foundSome', { count });
};

const Answer = ({ view }: { view: 'table' | 'gallery' }) => {
  const items = found.value;
  if (failure.value !== undefined && !items)
    return <Failure failure={failure.value} onRetry={() => void search(query.value)} />;
  if (!items) return <Loading />;
  if (items.length === 0) {
    return (
      <Empty icon="search" title={word('nothing')}>
        {word('nothingMore')}
      </Empty>
    );
  }
  const Results = view === 'table' ? ResultTable : Gallery;
  return (
    <>
      <Results items={items} />
      {failure.value !== undefined && <Failure failure={failure.value} onRetry={() => void more()} />}
      {nextCursor.value !== undefined && (
        <Button disabled={isAsking.value} onClick={() => void more()}>
          {word('more')}
        </Button>
      )}
    </>
  );
};

/** What is shown, as a file of the browser's. Codes stand beside words, so that it can be counted again. */
const download = (items: readonly FoundAlert[]): void => {
  const head = ['alertId', 'raisedAt', 'kind', word('kind'), word('severity'), word('state')];
  const rows = items.map((alert) => [
    ...[alert.alertId, new Date(alert.raisedAt).toISOString(), alert.kind, kindWord(alert.kind)],
    ...[severityWord(alert.severity), stateWord(alert.state), alert.place, placeWords(alert.place)],
    ...[alert.cameraId, alert.cameraName, alertWords(alert)],
  ]);
  const blob = new Blob(
    [toCsv([[...head, 'place', word('place'), 'cameraId', word('camera'), word('what')], ...rows])],
    { type: 'text/csv' },
  );
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = `xueliang-alerts-${new Date().toISOString().slice(0, 10)}.csv`;
  link.click();
  URL.revokeObjectURL(link.href);
};
