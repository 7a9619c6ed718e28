import type { CpuWindow } from '../measure/cpu-window.ts';
import { median, sum } from '../measure/quantiles.ts';
import type { PartTimes } from '../sides/limits/run-limits.ts';
import type { OursRun } from '../sides/ours/run-ours.ts';
import { costPerCamera, type Figure, fact, percent } from './figure.ts';
import type { Measured } from './measured.ts';

/** The program beside what a user would run otherwise, and beside what cannot be avoided. */
export const compare = (measured: Measured): Figure[] => [
  ...besideMotion(measured),
  ...besidePlain(measured),
  ...besideLimits(measured),
];

const sideCost = ({ window, cameras }: { window: CpuWindow; cameras: number }): number =>
  sum(Object.values(window.cores)) / cameras;

const besideMotion = ({ quiet, motion }: Measured): Figure[] => {
  if (quiet.length === 0) return [];
  const ours = median(quiet.map(costPerCamera));
  if (motion.length === 0) return [fact('a quiet camera', percent(ours))];
  const theirs = median(motion.map(sideCost));
  const value = `1/${(theirs / ours).toFixed(1)} (${percent(ours)} of ${percent(theirs)})`;
  return [
    { name: 'a quiet camera, of what motion takes', value, target: '≤ 1/6', isMet: ours * 6 <= theirs },
    fact('motion, connected', motion.map(({ connected, cameras }) => `${connected}/${cameras}`).join(', ')),
  ];
};

const besidePlain = ({ ours, plain }: Measured): Figure[] => {
  if (plain.length === 0) return [];
  const theirs = median(plain.map(sideCost));
  const fps = median(plain.map((run) => run.fps)).toFixed(2);
  const shown = `${percent(theirs)} a camera at ${fps} fps`;
  if (ours.length === 0) return [fact('the plain pipeline', shown)];
  const times = theirs / median(ours.map(costPerCamera));
  return [
    {
      name: 'cameras per core, of the plain pipeline',
      value: `${times.toFixed(1)}× (${shown})`,
      target: '≥ 8×',
      isMet: times >= 8,
    },
  ];
};

/** Shares of a core of the unavoidable parts of what a run did, each at what it costs alone. */
const unavoidable = ({ perSecond }: OursRun, { receiveMs, frameMs, keyframeMs, runMs }: PartTimes) => {
  const { packets, decoded, runs, dormantKeyframes } = perSecond;
  const keyframes = Math.min(decoded, dormantKeyframes);
  return {
    receive: (packets * receiveMs) / 1000,
    decode: (keyframes * keyframeMs + (decoded - keyframes) * frameMs) / 1000,
    infer: (runs * runMs) / 1000,
  };
};

const medianTimes = (times: readonly PartTimes[]): PartTimes => ({
  receiveMs: median(times.map(({ receiveMs }) => receiveMs)),
  frameMs: median(times.map(({ frameMs }) => frameMs)),
  keyframeMs: median(times.map(({ keyframeMs }) => keyframeMs)),
  runMs: median(times.map(({ runMs }) => runMs)),
});

const showTimes = ({ receiveMs, frameMs, keyframeMs, runMs }: PartTimes): string =>
  `receive ${receiveMs.toFixed(3)} ms a picture, decode ${frameMs.toFixed(2)} ms a picture and ` +
  `${keyframeMs.toFixed(2)} ms a keyframe alone, infer ${runMs.toFixed(1)} ms`;

/** How many times the parts the hot path took, and the parts as shares of a core. */
const timesOf = (ours: readonly OursRun[], times: PartTimes): { ratio: number; shown: string } => {
  const runs = ours.map((run) => ({ run, parts: unavoidable(run, times) }));
  const shareOf = (part: 'receive' | 'decode' | 'infer'): string =>
    percent(median(runs.map(({ parts }) => parts[part])), 1);
  const ratio = median(
    runs.map(({ run, parts: { receive, decode, infer } }) => run.hotPathCores / (receive + decode + infer)),
  );
  const shown = `${ratio.toFixed(2)} (receive ${shareOf('receive')}, decode ${shareOf('decode')}, infer ${shareOf('infer')})`;
  return { ratio, shown };
};

const limitsOf = (limits: Measured['limits']) => {
  const paces = limits.flatMap(({ atPace }) => atPace ?? []);
  const inLoops = medianTimes(limits.map((limit) => limit.inLoops));
  if (paces.length === 0) return { inLoops };
  const alone = medianTimes(paces.map((pace) => pace.alone));
  return { inLoops, alone, together: medianTimes(paces.map((pace) => pace.together)) };
};

const besideLimits = ({ ours, limits }: Measured): Figure[] => {
  if (limits.length === 0) return [];
  const { inLoops, alone, together } = limitsOf(limits);
  const times = [
    ...(alone ? [fact('each part alone, when it is due', showTimes(alone))] : []),
    ...(together ? [fact('all parts together, when they are due', showTimes(together))] : []),
    fact('each part alone, in a loop', showTimes(inLoops)),
  ];
  if (ours.length === 0) return times;
  const judged = alone && timesOf(ours, alone);
  return [
    ...(judged
      ? [
          {
            ...{ name: 'hot path, of its unavoidable parts', value: judged.shown, target: '≤ 1.15' },
            isMet: judged.ratio <= 1.15,
          },
        ]
      : []),
    ...(together ? [fact('of the parts all together', timesOf(ours, together).shown)] : []),
    fact('of the parts in loops', timesOf(ours, inLoops).shown),
    fact('hot path, all cameras', percent(median(ours.map(({ hotPathCores }) => hotPathCores)), 1)),
    ...times,
  ];
};
