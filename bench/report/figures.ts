import { median } from '../measure/quantiles.ts';
import type { OursRun } from '../sides/ours/run-ours.ts';
import type { Measured } from './measured.ts';

/** One line of the result. */
export interface Figure {
  name: string;
  value: string;
  target: string;
  /** Nothing where there is no target. */
  isMet: boolean | undefined;
}

/** The worker's share of a core for one camera: demux, gate, decode, detect, track, scenarios, publish. */
const costPerCamera = (run: OursRun): number => workerCores(run) / run.cameras;
const workerCores = ({ window }: OursRun): number => window.cores['worker'] ?? Number.NaN;
const percent = (share: number, digits = 2): string => `${(share * 100).toFixed(digits)} %`;

const fact = (name: string, value: string): Figure => ({ name, value, target: '', isMet: undefined });

export const toFigures = (measured: Measured): Figure[] => [
  ...perCore('640×480', measured.ours, 63),
  ...perCore('640×480 at 5 fps awake', measured.ours5, undefined),
  ...perCore('640×480, 1 in 10 H.265, 1 in 10 GOP 12 s', measured.mixed, undefined),
  ...perCore('1920×1080', measured.main, 25),
  ...load(measured.ours),
];

const perCore = (what: string, runs: readonly OursRun[], atLeast: number | undefined): Figure[] => {
  if (runs.length === 0) return [];
  const cost = median(runs.map(costPerCamera));
  const awake = median(runs.map(({ awakeShare }) => awakeShare));
  const cameras = 1 / cost;
  return [
    {
      name: `cameras per core, ${what}`,
      value: `${cameras.toFixed(1)} (${percent(cost)} a camera, ${percent(awake, 1)} awake)`,
      target: atLeast === undefined ? '' : `≥ ${atLeast}`,
      isMet: atLeast === undefined ? undefined : cameras >= atLeast,
    },
  ];
};

const load = (runs: readonly OursRun[]): Figure[] =>
  runs.length === 0
    ? []
    : [
        fact('  live, of cameras', runs.map(({ live, cameras }) => `${live}/${cameras}`).join(', ')),
        fact('  frames a second when awake', median(runs.map(({ awakeFps }) => awakeFps)).toFixed(2)),
        fact('  not looked at', runs.map(showDrops).join('; ')),
        fact('  other processes', showOthers(runs)),
        fact(
          '  the simulator, not counted',
          percent(median(runs.map(({ simulatorCores }) => simulatorCores)), 1),
        ),
        loopDelay(runs),
      ];

const loopDelay = (runs: readonly OursRun[]): Figure => {
  const worst = Math.max(...runs.map(({ loopDelayP99Ms }) => loopDelayP99Ms));
  return {
    name: 'main thread delay p99, worst 2 s',
    value: `${worst.toFixed(1)} ms`,
    target: '≤ 50 ms',
    isMet: worst <= 50,
  };
};

const showDrops = ({ dropped, packets }: OursRun): string =>
  Object.entries(dropped)
    .map(([reason, count]) =>
      reason === 'quiet' ? `quiet ${percent(count / packets, 0)}` : `${reason} ${count}`,
    )
    .join(', ');

const showOthers = (runs: readonly OursRun[]): string =>
  ['nats-server', 'alerts', 'api', 'up']
    .map((name) => `${name} ${percent(median(runs.map(({ window }) => window.cores[name] ?? 0)), 1)}`)
    .join(', ');
