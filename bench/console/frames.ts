import { quantile } from '../measure/quantiles.ts';

/** How evenly pictures of the screen followed one another, in milliseconds from one to the next. */
export interface FrameTimes {
  frames: number;
  fps: number;
  /** Share of those above 20 ms: one at least was missed on a screen of 60 a second. */
  late: number;
  p50: number;
  p95: number;
  p99: number;
  max: number;
}

const lateMs = 20;

/** From the moments at which pictures began, in order. */
export const toFrameTimes = (moments: readonly number[]): FrameTimes => {
  const spans = moments.slice(1).map((at, index) => at - (moments[index] ?? at));
  const total = (moments.at(-1) ?? 0) - (moments[0] ?? 0);
  return {
    frames: spans.length,
    fps: total > 0 ? (spans.length * 1000) / total : 0,
    late: spans.filter((span) => span > lateMs).length / Math.max(1, spans.length),
    p50: quantile(spans, 0.5),
    p95: quantile(spans, 0.95),
    p99: quantile(spans, 0.99),
    max: quantile(spans, 1),
  };
};
