import { timeZone } from '../../../words/site-time.ts';
import { dayAt, startOfDay } from '../asked/site-days.ts';
import type { PlotStep } from './step-words.ts';

/** One line or row of bars of a plot. */
export interface Series {
  label: string;
  /** One for each instant; null where there is none, which is drawn as a gap. */
  values: (number | null)[];
  kind: 'line' | 'bars';
  tone: 'accent' | 'warn' | 'good' | 'muted';
}

export interface PlotProps {
  /** What is to be seen, for who cannot see it. */
  label: string;
  /** What is measured, with its unit. */
  axis: string;
  /** Begins of the steps, milliseconds, the earliest first. */
  at: readonly number[];
  step: PlotStep;
  series: readonly Series[];
  /** Indices of two lines between which it is shaded: upper, lower. */
  band?: readonly [number, number];
  /** A value with its unit. */
  say(value: number): string;
}

/** Every begin of a step from the first on, also those of which nothing was told. */
export const toSteps = (
  told: readonly number[],
  { from, to }: { from: number; to: number },
  step: 'hour' | 'day' | 'month',
): number[] => {
  if (step === 'month') return told.length === 0 ? [] : monthsOf(from, to);
  const length = step === 'hour' ? 3_600_000 : 86_400_000;
  const first = told[0];
  if (first === undefined) return [];
  const known = [...new Set(told)].sort((a, b) => a - b);
  const steps: number[] = [];
  // Days of 23 and 25 hours move the grid: each told begin sets it anew.
  let at = first - Math.floor((first - from) / length) * length;
  for (const next of known) {
    while (at < next - length / 2 && steps.length < maxSteps) {
      steps.push(at);
      at += length;
    }
    at = next;
  }
  for (; at < to && steps.length < maxSteps; at += length) steps.push(at);
  return steps;
};

/** Begins of months, the first of them perhaps before `from`. */
const monthsOf = (from: number, to: number): number[] => {
  const [year = 0, month = 1] = dayAt(from, timeZone.value).split('-').map(Number);
  const months: number[] = [];
  for (let next = month - 1; ; next++) {
    const begin = Date.UTC(year, next, 1);
    const at = startOfDay(new Date(begin).toISOString().slice(0, 10), timeZone.value);
    if (at >= to || months.length > 120) return months;
    months.push(at);
  }
};

const maxSteps = 10_000;
