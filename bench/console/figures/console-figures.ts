import { median, quantile } from '../../measure/quantiles.ts';
import { type Figure, fact, percent } from '../../report/figure.ts';
import type { AlertPictures } from '../measures/alert-picture.ts';
import type { FirstLoad } from '../measures/first-load.ts';
import type { LiveWall } from '../measures/live-wall.ts';
import type { MapMoves } from '../measures/map-moves.ts';
import type { QueueScroll } from '../measures/queue-scroll.ts';
import type { ConsoleMeasured } from '../run-console-bench.ts';
import type { WatchedFrames } from '../watch-frames.ts';
import { mapCameras, openAlerts } from '../with-api.ts';
import { memoryFigures } from './memory-figures.ts';

const kB = (bytes: number): number => bytes / 1000;
const ms = (value: number): string =>
  Number.isFinite(value) ? `${value.toFixed(value < 10 ? 1 : 0)} ms` : '–';
const s = (value: number): string => `${(value / 1000).toFixed(2)} s`;

/** The measured console beside what is asked of it. */
export const toConsoleFigures = (measured: ConsoleMeasured): Figure[] => [
  ...(measured.load ? loadFigures(measured.load) : []),
  ...(measured.queue ? queueFigures(measured.queue) : []),
  ...(measured.map ? mapFigures(measured.map) : []),
  ...(measured.live ?? []).flatMap(liveFigures),
  ...(measured.picture ? pictureFigures(measured.picture) : []),
  ...(measured.memory ? memoryFigures(measured.memory) : []),
];

const loadFigures = (loads: readonly FirstLoad[]): Figure[] => {
  const bytes = median(loads.map((load) => load.bytes));
  const interactive = median(loads.map(({ interactiveMs }) => interactiveMs));
  const kinds = Object.entries(loads[0]?.byKind ?? {}).map(
    ([kind, size]) => `${kind} ${kB(size).toFixed(0)}`,
  );
  return [
    {
      ...{ name: 'first load of the queue, over the wire', value: `${kB(bytes).toFixed(0)} kB` },
      ...{ target: '≤ 150 kB', isMet: kB(bytes) <= 150 },
    },
    fact('by kind, kB', kinds.join(', ')),
    {
      ...{ name: 'until its first alert answers a key', value: s(interactive) },
      ...{ target: '≤ 1 s', isMet: interactive <= 1000 },
    },
  ];
};

/** A frame of 60 a second has 16.7 ms; what scripts, style and layout leave is for painting. */
const workTarget = 8;

const frameFigures = (name: string, rounds: readonly WatchedFrames[], target: Figure): Figure[] => {
  const of = (pick: (round: WatchedFrames) => number): number => median(rounds.map(pick));
  const { script = 0, style = 0, layout = 0, paint = 0 } = rounds[0]?.costs.mean ?? {};
  const work = of(({ costs }) => costs.p95);
  return [
    target,
    fact(
      'frames: p50 · p95 · p99 · above 20 ms',
      `${ms(of(({ times }) => times.p50))} · ${ms(of(({ times }) => times.p95))} · ${ms(of(({ times }) => times.p99))} · ${percent(
        of(({ times }) => times.late),
        1,
      )}`,
    ),
    {
      name: `${name}: CPU of script, style and layout a frame, p95`,
      value: ms(work),
      target: `≤ ${workTarget} ms`,
      isMet: work <= workTarget,
    },
    fact('of it the longest frame', ms(of(({ costs }) => costs.max))),
    fact(
      'mean of script · style · layout · paint',
      [script, style, layout, paint].map((one) => one.toFixed(2)).join(' · '),
    ),
  ];
};

const queueFigures = (rounds: readonly QueueScroll[]): Figure[] => {
  const name = `${openAlerts} open alerts, scrolled`;
  const fps = median(rounds.map(({ times }) => times.fps));
  const target = { name, value: `${fps.toFixed(0)} fps`, target: '60 fps', isMet: fps >= 59 };
  return frameFigures(name, rounds, target);
};

const mapFigures = (rounds: readonly MapMoves[]): Figure[] =>
  (['panFar', 'zoom', 'panNear'] as const).flatMap((move) => {
    const name = `map of ${mapCameras.toLocaleString('en')}, ${{ panFar: 'pan, whole ground', zoom: 'zoom', panNear: 'pan, near by' }[move]}`;
    const watched = rounds.map((round) => round[move]);
    const p95 = median(watched.map(({ times }) => times.p95));
    return frameFigures(name, watched, {
      ...{ name: `${name}: frame, p95`, value: ms(p95) },
      ...{ target: '≤ 34 ms', isMet: p95 <= 34 },
    });
  });

const liveFigures = (wall: LiveWall): Figure[] => {
  const name = `${wall.tiles} live ${wall.tiles === 1 ? 'tile' : 'tiles'}, ${wall.codec}`;
  return [
    {
      ...{ name: `${name}: age of the picture, median`, value: s(wall.p50) },
      ...{ target: '≤ 1 s', isMet: wall.p50 <= 1000 },
    },
    fact(
      'p95 · worst · median of the worst tile · live after',
      `${s(wall.p95)} · ${s(wall.max)} · ${s(wall.worstTile)} · ${wall.liveAfter.toFixed(1)} s`,
    ),
    {
      ...{ name: `${name}: what is drawn and the picture, p95`, value: ms(wall.stepP95) },
      ...{ target: '≤ 200 ms', isMet: wall.stepP95 <= 200 },
    },
    ...(Number.isNaN(wall.keptP50) ? [] : [fact('of the age, in the player', s(wall.keptP50))]),
    fact('pictures · cameras · load', `${wall.pictures} · ${wall.cameras} · ${wall.load}`),
  ];
};

const pictureFigures = ({ alerts, pictures, load }: AlertPictures): Figure[] => {
  const worst = quantile(pictures, 1);
  return [
    {
      name: 'an alert with its picture on the page, after it was raised, the latest',
      value: alerts === 0 ? 'no alert' : s(worst),
      target: '≤ 3 s',
      isMet: worst <= 3000,
    },
    fact('median · alerts · load', `${s(median(pictures))} · ${alerts} · ${load}`),
  ];
};
