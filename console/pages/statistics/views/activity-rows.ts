import type { ActivityView } from '../../../../api/schema/statistics-views.ts';
import type { Column } from '../figures/column.ts';
import type { Series } from '../plot/plot-data.ts';
import { stepWords } from '../plot/step-words.ts';
import { word } from '../words.ts';

type Quarter = ActivityView['items'][number];

const quarterMs = 900_000;
/** Of fifteen; what was watched for less says nothing of its quarter. As what is normal is made. */
const enoughMinutes = 12;

const isWhole = ({ minutes }: Quarter): boolean => minutes >= enoughMinutes;

/** Outside of what nine quarters in ten are. Scenarios leave more room before they warn. */
export const isUnusual = (quarter: Quarter): boolean => {
  const { count, low, high } = quarter;
  if (low === undefined || high === undefined) return false;
  return count > high || (isWhole(quarter) && count < low);
};

/** What was, over what is normal; gaps where nobody looked or nothing is known. */
export const toActivityPlot = ({ items, from, to }: ActivityView) => {
  const known = new Map(items.map((quarter) => [quarter.at, quarter]));
  const at = Array.from(
    { length: Math.round((to - from) / quarterMs) },
    (_, index) => from + index * quarterMs,
  );
  const valuesOf = (value: (quarter: Quarter) => number | undefined): (number | null)[] =>
    at.map((one) => {
      const quarter = known.get(one);
      return (quarter && value(quarter)) ?? null;
    });
  const band: Series[] = [
    { label: word('normalHigh'), kind: 'line', tone: 'good', values: valuesOf(({ high }) => high) },
    { label: word('normalLow'), kind: 'line', tone: 'good', values: valuesOf(({ low }) => low) },
  ];
  const counted: Series = {
    ...{ label: word('counted'), kind: 'line', tone: 'accent' },
    values: valuesOf((quarter) => (isWhole(quarter) ? quarter.count : undefined)),
  };
  const isKnown = items.some(({ low }) => low !== undefined);
  return isKnown ? { at, series: [...band, counted], band: [0, 1] as const } : { at, series: [counted] };
};

/** `when` unless said: as the screen says it. */
export const activityColumns = (when?: (at: number) => string): Column<Quarter>[] => [
  { title: word('time'), value: ({ at }) => (when ? when(at) : stepWords(at, 'quarter')) },
  { title: word('counted'), value: ({ count }) => count, isNumber: true },
  {
    title: word('normalBand'),
    value: ({ low, high }) => (low === undefined ? undefined : `${low}–${high}`),
    isNumber: true,
  },
  { title: word('watchedMinutes'), value: ({ minutes }) => minutes, isNumber: true },
];
