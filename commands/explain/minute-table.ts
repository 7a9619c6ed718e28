import { dropReasons } from '../../core/schema/drop-reasons.ts';
import { type ExplainedMinute, wakeReasons } from '../../core/schema/explanation.ts';
import type { DropReason } from '../../core/schema/health.ts';
import { rightAlign } from '../../core/terminal-text.ts';
import type { Pen } from './pen.ts';

interface Column {
  title: string;
  width: number;
  cell: (minute: ExplainedMinute) => string;
}

/** Shorter ones are a second's rounding. */
const leastReasonMs = 500;
const gap = ' ';
const belowIndent = ' '.repeat(6);

/** In a terminal narrower than this the reasons stand below their line. */
const wideColumns = 110;

/** What became of the frames: a line of titles, then one a minute, the latest first. */
export const drawMinutes = (minutes: readonly ExplainedMinute[], pen: Pen, columns: number): string[] => {
  const cells = numberColumns(pen);
  const line = (cell: (column: Column) => string): string =>
    cells.map((column) => rightAlign(cell(column), column.width)).join(gap);
  const isWide = columns >= wideColumns;
  const titles = line(({ title }) => title) + (isWide ? gap + pen.headings.columns.why : '');
  const rows = minutes.toReversed().flatMap((minute) => {
    const numbers = line(({ cell }) => cell(minute));
    const reasons = reasonsOf(minute, pen);
    if (reasons === '') return [numbers];
    return isWide ? [numbers + gap + reasons] : [numbers, pen.paint.dim(belowIndent + reasons)];
  });
  return [pen.paint.dim(titles), ...rows];
};

const numberColumns = ({ words, headings: { columns }, time }: Pen): Column[] => [
  { title: columns.minute, width: 5, cell: ({ from }) => time.minute(from) },
  { title: columns.awake, width: 5, cell: ({ awakeMs }) => words.span(Math.round(awakeMs / 1000) * 1000) },
  { title: columns.frames, width: 6, cell: ({ received }) => String(received) },
  { title: columns.decoded, width: 7, cell: ({ decoded }) => String(decoded) },
  { title: columns.looked, width: 6, cell: ({ inferred }) => String(inferred) },
  { title: columns.found, width: 5, cell: ({ detections }) => String(detections) },
  ...dropReasons.map((reason: DropReason) => ({
    title: words.drops[reason],
    width: 6,
    cell: ({ dropped }: ExplainedMinute) => String(dropped[reason]),
  })),
  { title: columns.cost, width: 6, cell: ({ costCores }) => toShare(costCores) },
];

/** A share of a core. */
export const toShare = (cores: number): string => `${(cores * 100).toFixed(1)} %`;

const reasonsOf = ({ wokenMs, blindMs }: ExplainedMinute, { words, headings }: Pen): string => {
  const spans: [string, number][] = [
    ...wakeReasons.map((reason): [string, number] => [words.reasons[reason], wokenMs[reason]]),
    [headings.blind, blindMs],
  ];
  return spans
    .filter(([, ms]) => ms >= leastReasonMs)
    .map(([what, ms]) => `${what} ${words.span(Math.round(ms / 1000) * 1000)}`)
    .join(', ');
};
