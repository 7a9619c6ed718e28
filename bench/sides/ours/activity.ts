import { dropReasons } from '../../../core/schema/drop-reasons.ts';
import type { CameraStatus, DropReason } from '../../../core/schema/health.ts';
import { mean, sum } from '../../measure/quantiles.ts';
import type { BusObserver } from './bus-observer.ts';

/** What the program says it did within a span of time. */
export interface Activity {
  live: number;
  /** Share of the cameras that were awake, over time. */
  awakeShare: number;
  /** Frames a second that an awake camera's detector looked at. */
  awakeFps: number;
  perSecond: Rates;
  /** Share of the cameras that were looked at less closely than they should be, over time. */
  degradedShare: number;
  /** Of the worker's main thread every two seconds, in milliseconds. */
  loopDelaysP99Ms: readonly number[];
  modelId: string;
}

/** How often the program did what costs it something, over all cameras. */
export interface Rates {
  /** Runs of the model. */
  runs: number;
  packets: number;
  /** Pictures decoded, those of looking back among them. */
  decoded: number;
  /** Keyframes that dormant cameras had decoded by themselves. */
  dormantKeyframes: number;
  /** Frames not looked at, by reason; `quiet` are packets that were not even decoded. */
  dropped: Readonly<Record<DropReason, number>>;
}

export interface Span {
  from: number;
  to: number;
}

export const toActivity = (
  { statuses, roles }: Pick<BusObserver, 'statuses' | 'roles'>,
  { from, to }: Span,
  runsPerSecond: number,
): Activity => {
  const within = [...statuses.values()].map((all) => all.filter(({ at }) => at >= from && at <= to));
  const all = within.flat();
  const awake = all.filter(({ tier }) => tier === 'awake');
  const worker = roles.filter(({ role, at }) => role === 'worker' && at >= from && at <= to);
  return {
    live: within.filter((mine) => mine.at(-1)?.state === 'live').length,
    awakeShare: awake.length / Math.max(1, all.length),
    awakeFps: awake.length === 0 ? 0 : mean(awake.map(({ detectFps }) => detectFps)),
    perSecond: {
      runs: runsPerSecond,
      packets: sum(within.map((mine) => mean(mine.map(({ streamFps }) => streamFps)) || 0)),
      decoded: sum(within.map((mine) => growthOf(mine, ({ decoded }) => decoded ?? 0))),
      dormantKeyframes: sum(within.map(toDormantKeyframes)),
      dropped: toDropped(within),
    },
    degradedShare: all.filter(({ degraded }) => degraded).length / Math.max(1, all.length),
    loopDelaysP99Ms: worker.map(({ eventLoopDelayP99Ms }) => eventLoopDelayP99Ms),
    modelId: worker.at(-1)?.modelId ?? 'unknown',
  };
};

/** A second. Every one of a dormant camera, unless they come more than once a second or are so far apart that all is decoded. */
const toDormantKeyframes = (mine: readonly CameraStatus[]): number => {
  const dormant = mine.filter(({ tier }) => tier === 'dormant').length / Math.max(1, mine.length);
  const gopSeconds = mine.at(-1)?.gopSeconds ?? 0;
  return gopSeconds > 0 && gopSeconds <= longestGopSeconds ? dormant / Math.max(1, gopSeconds) : 0;
};

/** Of the program's tier policy. */
const longestGopSeconds = 3;

const toDropped = (within: readonly (readonly CameraStatus[])[]): Record<DropReason, number> => {
  const rateOf = (reason: DropReason): number =>
    sum(within.map((mine) => growthOf(mine, ({ dropped }) => dropped[reason])));
  return Object.fromEntries(dropReasons.map((reason) => [reason, rateOf(reason)])) as Record<
    DropReason,
    number
  >;
};

/** A second, between a camera's first and last word: a whole window would count a second too much or too little. */
const growthOf = (mine: readonly CameraStatus[], countOf: (status: CameraStatus) => number): number => {
  const [first] = mine;
  const last = mine.at(-1);
  if (!first || !last || last.at <= first.at) return 0;
  return ((countOf(last) - countOf(first)) * 1000) / (last.at - first.at);
};
