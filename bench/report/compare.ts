import type { CpuWindow } from '../measure/cpu-window.ts';
import { median, sum } from '../measure/quantiles.ts';
import type { Limits } from '../sides/limits/run-limits.ts';
import type { OursRun } from '../sides/ours/run-ours.ts';
import { costPerCamera, type Figure, fact, percent, workerCores } from './figure.ts';
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
const unavoidable = ({ perSecond }: OursRun, { receiveMs, frameMs, keyframeMs, runMs }: Limits) => {
  const { packets, decoded, runs, dormantKeyframes } = perSecond;
  const keyframes = Math.min(decoded, dormantKeyframes);
  return {
    receive: (packets * receiveMs) / 1000,
    decode: (keyframes * keyframeMs + (decoded - keyframes) * frameMs) / 1000,
    infer: (runs * runMs) / 1000,
  };
};

const besideLimits = ({ ours, limits }: Measured): Figure[] => {
  if (limits.length === 0) return [];
  const limit: Limits = {
    receiveMs: median(limits.map(({ receiveMs }) => receiveMs)),
    frameMs: median(limits.map(({ frameMs }) => frameMs)),
    keyframeMs: median(limits.map(({ keyframeMs }) => keyframeMs)),
    runMs: median(limits.map(({ runMs }) => runMs)),
  };
  const alone =
    `receive ${limit.receiveMs.toFixed(3)} ms a picture, decode ${limit.frameMs.toFixed(2)} ms a picture and ` +
    `${limit.keyframeMs.toFixed(2)} ms a keyframe alone, infer ${limit.runMs.toFixed(1)} ms`;
  if (ours.length === 0) return [fact('unavoidable parts', alone)];
  const parts = ours.map((run) => ({ run, parts: unavoidable(run, limit) }));
  const ratio = median(
    parts.map(({ run, parts: { receive, decode, infer } }) => workerCores(run) / (receive + decode + infer)),
  );
  const shareOf = (part: 'receive' | 'decode' | 'infer'): string =>
    percent(median(parts.map((entry) => entry.parts[part])), 1);
  return [
    {
      name: 'hot path, of its unavoidable parts',
      value: `${ratio.toFixed(2)} (receive ${shareOf('receive')}, decode ${shareOf('decode')}, infer ${shareOf('infer')})`,
      target: '≤ 1.15',
      isMet: ratio <= 1.15,
    },
    fact('alone', alone),
  ];
};
