import { signal } from '@preact/signals';
import type { Static } from 'typebox';
import type { AlertView } from '../../../api/schema/alert-view.ts';
import type { StatisticsSeries } from '../../../api/schema/report-view.ts';
import { ask } from '../../http/ask.ts';
import { may } from '../../http/session-state.ts';
import { now } from '../../words/site-time.ts';
import { fromSearch, type SearchQuery, spanOf, stepOf, toApiQuery, toSearch } from './search-query.ts';

export type FoundAlert = Static<typeof AlertView>;
export type Counts = Pick<Static<typeof StatisticsSeries>, 'from' | 'to' | 'by' | 'items'>;

/** Alerts on one page of the answer. */
const pageSize = 100;
/** More than anybody reads; whoever needs them all narrows the search or takes the export. */
const maxShown = 5000;

export const query = signal<SearchQuery>(fromSearch(''));
export const found = signal<readonly FoundAlert[] | undefined>(undefined);
export const counts = signal<Counts | undefined>(undefined);
export const nextCursor = signal<string | undefined>(undefined);
export const failure = signal<unknown>(undefined);
export const isAsking = signal(false);

let asked: AbortController | undefined;
/** The instant that the present answer's span ends with: later pages belong to the same span. */
let askedAt = 0;

interface AlertPage {
  items: FoundAlert[];
  nextCursor?: string;
}

/** Looks anew, and forgets what an earlier search has not answered yet. */
export const search = async (wanted: SearchQuery): Promise<void> => {
  asked?.abort();
  asked = new AbortController();
  const { signal: aborted } = asked;
  query.value = wanted;
  askedAt = now.peek();
  history.replaceState(history.state, '', `/search${toSearch(wanted)}`);
  [found.value, counts.value, failure.value, nextCursor.value] = [undefined, undefined, undefined, undefined];
  void countOver(wanted, aborted);
  await load(aborted);
};

/** The next page of what was found. */
export const more = async (): Promise<void> => {
  if (isAsking.value || nextCursor.value === undefined || !asked) return;
  await load(asked.signal);
};

const load = async (aborted: AbortSignal): Promise<void> => {
  isAsking.value = true;
  try {
    const page = await ask<AlertPage>('/api/v1/alerts', {
      query: { ...toApiQuery(query.value, askedAt), limit: pageSize, cursor: nextCursor.value },
      signal: aborted,
    });
    if (aborted.aborted) return;
    const all = [...(found.value ?? []), ...page.items];
    found.value = all;
    nextCursor.value = all.length >= maxShown ? undefined : page.nextCursor;
    failure.value = undefined;
  } catch (thrown) {
    if (!aborted.aborted) failure.value = thrown;
  } finally {
    if (!aborted.aborted) isAsking.value = false;
  }
};

/** How many there were over the span. The search itself does without: a failure leaves the bars away. */
const countOver = async (wanted: SearchQuery, aborted: AbortSignal): Promise<void> => {
  if (!may('statistics.read')) return;
  const span = spanOf(wanted, askedAt);
  try {
    const { place, kind, severity } = toApiQuery(wanted, askedAt);
    const answer = await ask<Counts>('/api/v1/statistics/series', {
      query: { ...span, place, kind, severity, by: stepOf(span) },
      signal: aborted,
    });
    if (!aborted.aborted) counts.value = answer;
  } catch {
    if (!aborted.aborted) counts.value = undefined;
  }
};
