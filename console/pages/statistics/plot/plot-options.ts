import uPlot from 'uplot';
import { timeZone } from '../../../words/site-time.ts';
import type { PlotProps, Series } from './plot-data.ts';
import { tickWords } from './step-words.ts';

const colour = (name: string): string =>
  getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

const toSeries = ({ label, kind, tone }: Series): uPlot.Series => ({
  label,
  stroke: colour(tone),
  width: tone === 'good' ? 1 : 2,
  spanGaps: false,
  ...(kind === 'bars' ? { fill: `${colour(tone)}b0`, ...bars(), points: { show: false } } : {}),
});

const bars = (): Partial<uPlot.Series> => {
  const paths = uPlot.paths.bars?.({ size: [0.7, 48] });
  return paths ? { paths } : {};
};

const toAxis = (font: string): uPlot.Axis => ({
  font,
  labelFont: font,
  stroke: colour('muted'),
  grid: { stroke: `${colour('line')}80`, width: 1 },
  ticks: { stroke: colour('line'), width: 1 },
});

/** As uPlot wants it: in the colours of the theme, the words of the language and the time of the site. */
export const toOptions = (
  props: PlotProps,
  width: number,
  onRead: (index: number | undefined) => void,
): uPlot.Options => {
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  const font = `${Math.round(rem * 0.9)}px ${getComputedStyle(document.body).fontFamily}`;
  const when = (_: uPlot, splits: number[]): string[] =>
    splits.map((at, index) => {
      const before = splits[index - 1];
      return tickWords(at * 1000, before === undefined ? undefined : before * 1000, props.step);
    });
  const axis = toAxis(font);
  return {
    width,
    height: Math.round(rem * 17),
    tzDate: (at) => uPlot.tzDate(new Date(at * 1000), timeZone.value),
    legend: { show: false },
    cursor: { drag: { x: false, y: false }, y: false, points: { size: 9 } },
    scales: {
      x: { time: true, range: (_, min, max) => padded(min, max, props) },
      y: { range: upFromNought },
    },
    axes: [
      { ...axis, values: when, size: rem * 3, space: rem * 5 },
      { ...axis, label: props.axis, labelSize: rem * 1.6, size: rem * 3.4, incrs: wholeSteps },
    ],
    series: [{}, ...props.series.map(toSeries)],
    ...(props.band ? { bands: [toBand(props.band)] } : {}),
    hooks: { setCursor: [(plot) => onRead(plot.cursor.idx ?? undefined)] },
  };
};

const toBand = ([upper, lower]: readonly [number, number]): uPlot.Band => ({
  series: [upper + 1, lower + 1],
  fill: `${colour('good')}38`,
});

const stepMs = { quarter: 900_000, hour: 3_600_000, day: 86_400_000, month: 31 * 86_400_000 } as const;

/** Half a step of room on both sides, so that no bar is cut. */
const padded = (min: number, max: number, { step }: PlotProps): [number, number] => {
  const half = stepMs[step] / 2000;
  return [min - half, max + half];
};

const upFromNought: uPlot.Range.Function = (_, __, max) => [0, Math.max(1, max * 1.1)];

/** Counts are whole, and nobody reads tenths of a minute from two metres. */
const wholeSteps = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 50_000, 100_000];
