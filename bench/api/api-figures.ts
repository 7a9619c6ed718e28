import { type Figure, fact, percent } from '../report/figure.ts';
import type { ApiMeasured, LoadResult } from './loads.ts';
import type { ApiBenchOptions } from './options.ts';

const tracksWanted = 50_000;

const ms = (value: number): string =>
  Number.isFinite(value) ? `${value.toFixed(value < 10 ? 1 : 0)} ms` : '–';

const timed = (name: string, load: LoadResult, p95: number): Figure[] => [
  { name, value: `p95 ${ms(load.p95)}`, target: `≤ ${p95} ms`, isMet: load.p95 <= p95 },
  fact('p50 · p99 · longest', `${ms(load.p50)} · ${ms(load.p99)} · ${ms(load.max)}`),
  fact('asked · failed', `${load.asked} · ${load.failed} ${JSON.stringify(load.reasons)}`),
  fact(
    'API: share of its core · memory',
    `${percent(load.apiCores, 0)} · ${Math.round(load.apiBytes / 1024 ** 2)} MB`,
  ),
];

/** The measured loads beside what is asked of them. A share of failures above a twentieth shows as a p95 without end. */
export const toApiFigures = (measured: ApiMeasured, options: ApiBenchOptions): Figure[] => {
  const { tracks } = measured;
  const alerts = options.alerts.toLocaleString('en');
  return [
    ...timed(`open alerts, 300 requests/s, ${options.open} open`, measured.open, 20),
    ...timed(`history bounded by time, 20 requests/s, ${alerts} alerts`, measured.history, 250),
    ...timed(`an alert at ${options.listeners} listeners`, measured.listeners, 250),
    ...timed('open alerts while tracks are written, 20 requests/s', tracks, 50),
    {
      name: `track rows a second, of ${Math.round(tracks.publishedPerSecond)} published`,
      value: String(Math.round(tracks.writtenPerSecond)),
      target: `≥ ${tracksWanted}`,
      isMet: tracks.writtenPerSecond >= tracksWanted,
    },
  ];
};
