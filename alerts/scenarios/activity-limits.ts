import type { Label } from '../../core/schema/label.ts';
import type { CameraNormals } from '../../core/schema/normals.ts';

/** Between which counts nine quarters of an hour in ten lie. */
export interface ActivityBand {
  low: number;
  high: number;
}

/** Beyond which counts a quarter of an hour is unusual; not given where no count could be. */
export interface ActivityLimits {
  above: number;
  below?: number;
}

/**
 * What chance alone makes of counts grows with them; their square roots scatter by half, whatever the mean (Anscombe
 * 1948). So spreads are measured there, and a quiet lane and a market need no settings of their own.
 */
const toScale = (count: number): number => Math.sqrt(count + 3 / 8);
const fromScale = (value: number): number => value ** 2 - 3 / 8;
/** A quiet hour of two weeks may have had nobody at all; the next one is not unusual for that. */
const leastSpread = 1;

/** Counts that lie beyond the band by more than `factor` times its spread. */
export const toLimits = ({ low, high }: ActivityBand, factor: number): ActivityLimits => {
  const [lowest, highest] = [toScale(low), toScale(high)];
  const reach = factor * Math.max(leastSpread, highest - lowest);
  const above = Math.floor(fromScale(highest + reach));
  const below = lowest > reach ? Math.ceil(fromScale(lowest - reach)) : 0;
  return below > 0 ? { above, below } : { above };
};

/** What is normal for a label in an hour of the week, when enough is known. */
export const bandOf = (normals: CameraNormals, label: Label, hour: number): ActivityBand | undefined => {
  const known = normals.labels.find((normal) => normal.label === label);
  const low = known?.low[hour] ?? undefined;
  const high = known?.high[hour] ?? undefined;
  return low === undefined || high === undefined ? undefined : { low, high: Math.max(low, high) };
};
