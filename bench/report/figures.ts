import { median } from '../measure/quantiles.ts';
import type { OursRun } from '../sides/ours/run-ours.ts';
import { compare } from './compare.ts';
import { costPerCamera, type Figure, fact, percent, workerCores } from './figure.ts';
import type { Measured } from './measured.ts';
import { memory } from './memory.ts';
import { type RecallOptions, recall } from './recall.ts';

/** All that can be said of what was measured, in the order of the targets. */
export const toFigures = (measured: Measured, compared: Omit<RecallOptions, 'runs'>): Figure[] => [
  ...perCore('640×480', measured.ours, 63),
  ...perCore('640×480 at 5 fps awake', measured.ours5, undefined),
  ...perCore('640×480, 1 in 10 H.265, 1 in 10 GOP 12 s', measured.mixed, undefined),
  ...perCore('1920×1080', measured.main, 25),
  ...compare(measured),
  ...recall({ runs: measured.ours, ...compared }),
  ...memory(measured),
  ...load(measured.ours),
];

const perCore = (what: string, runs: readonly OursRun[], atLeast: number | undefined): Figure[] => {
  if (runs.length === 0) return [];
  const cost = median(runs.map(costPerCamera));
  const awake = median(runs.map(({ awakeShare }) => awakeShare));
  const cameras = 1 / cost;
  const isKept = runs.every(hasKeptUp);
  const facts = `${percent(cost)} a camera, ${percent(awake, 1)} awake${isKept ? '' : ', DID NOT KEEP UP'}`;
  return [
    {
      name: `cameras per core, ${what}`,
      value: `${cameras.toFixed(1)} (${facts})`,
      target: atLeast === undefined ? '' : `≥ ${atLeast}`,
      isMet: atLeast === undefined ? undefined : isKept && cameras >= atLeast,
    },
  ];
};

/** A program that leaves work undone is cheap: its cost then says nothing. */
const hasKeptUp = ({ cameras, live, perSecond: { dropped, runs } }: OursRun): boolean =>
  live === cameras && dropped.behind + dropped.shed + dropped['detector-busy'] <= mostLost * runs;
const mostLost = 0.02;

const load = (runs: readonly OursRun[]): Figure[] =>
  runs.length === 0
    ? []
    : [
        loopDelay(runs),
        fact('live, of cameras', runs.map(({ live, cameras }) => `${live}/${cameras}`).join(', ')),
        fact('frames a second when awake', median(runs.map(({ awakeFps }) => awakeFps)).toFixed(2)),
        fact('not looked at', runs.map(showDrops).join('; ')),
        fact(
          'cameras looked at less closely',
          percent(median(runs.map(({ degradedShare }) => degradedShare)), 1),
        ),
        fact('worker, all cameras', percent(median(runs.map(workerCores)), 1)),
        fact('other processes', showOthers(runs)),
        fact('the simulator, not counted', showSimulator(runs)),
        fact(
          'kept by the host of the machine',
          percent(median(runs.map(({ window }) => window.stolenCores)), 1),
        ),
        ...clockSet(runs),
      ];

/** What a clock is corrected by, little by little, over an hour. */
const mostCorrectedMs = 500;

/** After a clock was set nobody knows any more when a picture was to be seen. */
const clockSet = (runs: readonly OursRun[]): Figure[] =>
  runs
    .filter(({ clockSetMs }) => Math.abs(clockSetMs) > mostCorrectedMs)
    .map(({ clockSetMs }) =>
      fact(
        'THE WALL CLOCK WAS SET',
        `by ${(clockSetMs / 1000).toFixed(1)} s: recall, false alerts and latency are of no worth`,
      ),
    );

const mostDelayMs = 50;

const loopDelay = (runs: readonly OursRun[]): Figure => {
  const delays = runs.flatMap(({ loopDelaysP99Ms }) => loopDelaysP99Ms);
  const worst = delays.reduce((most, delay) => Math.max(most, delay), 0);
  const beyond = delays.filter((delay) => delay > mostDelayMs).length;
  return {
    name: 'main thread delay p99, worst 2 s',
    value: `${worst.toFixed(1)} ms (beyond ${mostDelayMs} ms in ${beyond} of ${delays.length})`,
    target: `≤ ${mostDelayMs} ms`,
    isMet: worst <= mostDelayMs,
  };
};

const showDrops = ({ perSecond: { dropped, packets } }: OursRun): string =>
  Object.entries(dropped)
    .map(([reason, rate]) =>
      reason === 'quiet' ? `quiet ${percent(rate / packets, 0)}` : `${reason} ${rate.toFixed(1)}/s`,
    )
    .join(', ');

const showOthers = (runs: readonly OursRun[]): string =>
  ['nats-server', 'alerts', 'api', 'up']
    .map((name) => `${name} ${percent(median(runs.map(({ window }) => window.cores[name] ?? 0)), 1)}`)
    .join(', ');

const showSimulator = (runs: readonly OursRun[]): string =>
  `${percent(median(runs.map(({ simulatorCores }) => simulatorCores)), 1)}, at most ${Math.max(
    ...runs.map(({ simulator }) => simulator.latestMs),
  ).toFixed(0)} ms late, ${runs.map(({ simulator }) => simulator.cutOff).join(', ')} cut off`;
