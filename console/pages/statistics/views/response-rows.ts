import type { ResponseTimes } from '../../../../api/schema/statistics-views.ts';
import { placeWords } from '../../../words/place-words.ts';
import { saySpan } from '../../../words/span.ts';
import type { Column } from '../figures/column.ts';
import { enoughForMedian, enoughForShare, shareWords } from '../figures/share.ts';
import { word } from '../words.ts';

/** The steps of 1-3-5. Dispatching has no deadline. */
export const dueSteps = ['acknowledged', 'onScene', 'resolved'] as const;
type DueStep = (typeof dueSteps)[number];
export type StepTimes = Omit<ResponseTimes['items'][number], 'place'>;

export interface ResponseRow {
  place: string;
  raised: number;
  steps: Partial<Record<StepTimes['step'], StepTimes>>;
}

/** One row a place, with its steps beside one another. */
export const toResponseRows = (items: ResponseTimes['items']): ResponseRow[] => {
  const rows = new Map<string, ResponseRow>();
  for (const { place, ...times } of items) {
    const row = rows.get(place) ?? { place, raised: times.raised, steps: {} };
    rows.set(place, row);
    row.steps[times.step] = times;
  }
  return [...rows.values()].sort((a, b) => b.raised - a.raised || (a.place < b.place ? -1 : 1));
};

/** All places together. */
export const sumOf = (items: readonly StepTimes[], step: DueStep): { inTime: number; due: number } => {
  const of = items.filter((item) => item.step === step);
  return {
    inTime: of.reduce((sum, { inTime }) => sum + inTime, 0),
    due: of.reduce((sum, { due }) => sum + due, 0),
  };
};

/** A median, or that too few rest under it. */
export const medianWords = (times: Pick<StepTimes, 'reached' | 'medianMs'> | undefined): string => {
  if (times?.medianMs === undefined) return word('none');
  return times.reached < enoughForMedian
    ? word('tooFewTimes', { count: times.reached })
    : saySpan(times.medianMs);
};

/** The same of what one in twenty took longer than. */
export const slowestWords = (times: Pick<StepTimes, 'reached' | 'p95Ms'> | undefined): string => {
  if (times?.p95Ms === undefined) return word('none');
  return times.reached < enoughForShare
    ? word('tooFewTimes', { count: times.reached })
    : saySpan(times.p95Ms);
};

const secondsOf = (ms: number | undefined): number | undefined => (ms === undefined ? undefined : ms / 1000);

export const responseColumns = (): Column<ResponseRow>[] => [
  { title: word('place'), value: (row) => row.place, show: (row) => placeWords(row.place) },
  { title: word('raised'), value: (row) => row.raised, isNumber: true },
  ...dueSteps.flatMap((step): Column<ResponseRow>[] => [
    {
      title: word(`${step}InTime`),
      value: ({ steps }) => steps[step]?.share,
      show: ({ steps }) => shareWords(steps[step]?.inTime ?? 0, steps[step]?.due ?? 0),
      isNumber: true,
    },
    {
      title: word(`${step}Median`),
      value: ({ steps }) => secondsOf(steps[step]?.medianMs),
      show: ({ steps }) => medianWords(steps[step]),
      isNumber: true,
    },
    {
      title: word(`${step}Slowest`),
      value: ({ steps }) => secondsOf(steps[step]?.p95Ms),
      show: ({ steps }) => slowestWords(steps[step]),
      isNumber: true,
    },
  ]),
];
