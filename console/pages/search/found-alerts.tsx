import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { ChooseBar } from '../../exports/ask/choose-bar.tsx';
import { createChosen } from '../../exports/ask/chosen.ts';
import { Button } from '../../parts/button.tsx';
import { Choice } from '../../parts/choice.tsx';
import { type CsvColumn, saveCsv, toCsv } from '../../parts/csv.ts';
import { Empty, Failure, Loading } from '../../parts/states.tsx';
import { kindWord, severityWord, stateWord } from '../../words/alert-terms.ts';
import { alertWords } from '../../words/alert-words.ts';
import { placeWords } from '../../words/place-words.ts';
import { zoneOf } from '../../words/zone-name.ts';
import { Filters } from './filters.tsx';
import { Gallery, ResultTable } from './results.tsx';
import { fromSearch, type SearchQuery } from './search-query.ts';
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
import { word } from './words.ts';
import './search.css';

/** What is chosen of what was found; another search forgets it. */
const chosen = createChosen();

/** Alerts over months, by place, time, kind, severity, state and camera. */
export const FoundAlerts = () => {
  const view = useSignal<'table' | 'gallery'>('table');
  useEffect(() => {
    void search(wantedAtFirst());
  }, []);
  useEffect(() => chosen.clear(), [query.value]);
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
          <Button disabled={!found.value?.length} onClick={() => save(found.value ?? [])}>
            {word('csv')}
          </Button>
          <ChooseBar
            kind="alerts"
            chosen={chosen}
            alertIds={(found.value ?? []).map(({ alertId }) => alertId)}
          />
        </header>
        <Timeline />
        <Answer view={view.value} />
      </section>
    </div>
  );
};

/** What the address asks for; whoever comes back from the exports finds what they looked for. */
const wantedAtFirst = (): SearchQuery =>
  new URLSearchParams(location.search).has('tab') ? query.peek() : fromSearch(location.search);

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
      <Results items={items} chosen={chosen} />
      {failure.value !== undefined && <Failure failure={failure.value} onRetry={() => void more()} />}
      {nextCursor.value !== undefined && (
        <Button disabled={isAsking.value} onClick={() => void more()}>
          {word('more')}
        </Button>
      )}
    </>
  );
};

/** What is shown, as a file. Codes stand beside words, so that it can be counted again. */
export const csvColumns = (): CsvColumn<FoundAlert>[] => [
  { title: 'alertId', value: ({ alertId }) => alertId },
  { title: 'raisedAt', value: ({ raisedAt }) => new Date(raisedAt).toISOString() },
  { title: 'kind', value: ({ kind }) => kind },
  { title: word('kind'), value: ({ kind }) => kindWord(kind) },
  { title: word('severity'), value: ({ severity }) => severityWord(severity) },
  { title: word('state'), value: ({ state }) => stateWord(state) },
  { title: 'place', value: ({ place }) => place },
  { title: word('place'), value: ({ place }) => placeWords(place) },
  { title: 'cameraId', value: ({ cameraId }) => cameraId },
  { title: word('camera'), value: ({ cameraName }) => cameraName },
  { title: word('what'), value: (alert) => alertWords(alert, zoneOf(alert)) },
];

const save = (items: readonly FoundAlert[]): void =>
  saveCsv(`xueliang-alerts-${new Date().toISOString().slice(0, 10)}.csv`, toCsv(csvColumns(), items));
