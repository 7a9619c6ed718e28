import { median, slope } from '../measure/quantiles.ts';
import type { OursRun } from '../sides/ours/run-ours.ts';
import { type Figure, fact } from './figure.ts';
import type { Measured } from './measured.ts';

const megabyte = 1024 ** 2;
const msPerHour = 3_600_000;
/** Of the end of a window, when rings are full. */
const lastLooks = 5;

/** What the worker holds, and whether that grows. */
export const memory = ({ ours, one }: Measured): Figure[] => [
  ...ours
    .slice(-1)
    .map((run) => fact('worker, resident', `${(residentAtEnd(run) / megabyte).toFixed(0)} MB`)),
  ...perCamera(ours, one),
  ...growth(ours),
];

const seriesOf = ({ window }: OursRun) => window.resident['worker'] ?? [];

const residentAtEnd = (run: OursRun): number =>
  median(
    seriesOf(run)
      .slice(-lastLooks)
      .map(({ value }) => value),
  );

const perCamera = (ours: readonly OursRun[], one: readonly OursRun[]): Figure[] => {
  const cameras = ours[0]?.cameras ?? 0;
  if (one.length === 0 || cameras < 2) return [];
  const bytes = (median(ours.map(residentAtEnd)) - median(one.map(residentAtEnd))) / (cameras - 1);
  return [
    {
      name: 'memory of a camera beyond the first',
      value: `${(bytes / megabyte).toFixed(2)} MB`,
      target: '≤ 4 MB',
      isMet: bytes <= 4 * megabyte,
    },
  ];
};

/** Shorter windows say nothing: rings fill, the heap finds its size. */
const growthAfterSeconds = 600;

const growth = (ours: readonly OursRun[]): Figure[] =>
  ours
    .filter(({ window }) => window.seconds >= growthAfterSeconds)
    .map((run) => {
      const perHour = (slope(seriesOf(run)) * msPerHour) / megabyte;
      return {
        name: `memory, slope over ${Math.round(run.window.seconds / 60)} minutes`,
        value: `${perHour.toFixed(1)} MB an hour`,
        target: 'none',
        isMet: perHour < noSlopeMegabytes,
      };
    });

/** Within what a heap's collections do to a straight line through an hour of a few hundred megabytes. */
const noSlopeMegabytes = 5;
