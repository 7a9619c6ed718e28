import type { CameraStatus, DropReason } from '../../../core/schema/health.ts';
import { dropReasons } from '../../../core/schema/health.ts';
import { mean, sum } from '../../measure/quantiles.ts';
import type { BusObserver } from './bus-observer.ts';

/** What the program says it did within a span of time. */
export interface Activity {
  live: number;
  /** Share of the cameras that were awake, over time. */
  awakeShare: number;
  /** Frames a second that an awake camera's detector looked at. */
  awakeFps: number;
  /** Runs of the model. */
  runs: number;
  packets: number;
  /** Keyframes that dormant cameras had decoded by themselves: every one, for GOPs in the length that cameras show. */
  dormantKeyframes: number;
  /** Frames not looked at, by reason; `quiet` are packets that were not even decoded. */
  dropped: Readonly<Record<DropReason, number>>;
  /** The worst of the worker's main thread over the span, in milliseconds. */
  loopDelayP99Ms: number;
  modelId: string;
}

export interface Span {
  from: number;
  to: number;
}

export const toActivity = (
  { statuses, roles }: Pick<BusObserver, 'statuses' | 'roles'>,
  { from, to }: Span,
  runs: number,
): Activity => {
  const seconds = (to - from) / 1000;
  const within = [...statuses.values()].map((all) => all.filter(({ at }) => at >= from && at <= to));
  const all = within.flat();
  const awake = all.filter(({ tier }) => tier === 'awake');
  const worker = roles.filter(({ role, at }) => role === 'worker' && at >= from && at <= to);
  return {
    live: within.filter((mine) => mine.at(-1)?.state === 'live').length,
    awakeShare: awake.length / Math.max(1, all.length),
    awakeFps: awake.length === 0 ? 0 : mean(awake.map(({ detectFps }) => detectFps)),
    runs,
    packets:
      sum(within.map((mine) => mean(mine.map(({ streamFps }) => streamFps)) || 0)) * ((to - from) / 1000),
    dormantKeyframes: sum(within.map(toDormantKeyframes)) * seconds,
    dropped: toDropped(within),
    loopDelayP99Ms: Math.max(0, ...worker.map(({ eventLoopDelayP99Ms }) => eventLoopDelayP99Ms)),
    modelId: worker.at(-1)?.modelId ?? 'unknown',
  };
};

/** A second; those whose keyframes are too far apart for that have everything decoded. */
const toDormantKeyframes = (mine: readonly CameraStatus[]): number => {
  const dormant = mine.filter(({ tier }) => tier === 'dormant').length / Math.max(1, mine.length);
  const gopSeconds = mine.at(-1)?.gopSeconds ?? 0;
  return gopSeconds > 0 && gopSeconds <= longestGopSeconds ? dormant / Math.max(1, gopSeconds) : 0;
};

/** Of the program's tier policy. */
const longestGopSeconds = 3;

const toDropped = (within: readonly (readonly CameraStatus[])[]): Record<DropReason, number> => {
  const growthOf = (reason: DropReason): number =>
    sum(
      within.map((mine) =>
        mine.length === 0 ? 0 : (mine.at(-1)?.dropped[reason] ?? 0) - (mine[0]?.dropped[reason] ?? 0),
      ),
    );
  return Object.fromEntries(dropReasons.map((reason) => [reason, growthOf(reason)])) as Record<
    DropReason,
    number
  >;
};
