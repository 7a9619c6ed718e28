import type { Metrics } from '../../../core/metrics.ts';
import { type Degradation, degradations } from '../../../core/schema/health.ts';
import type { Pressure } from './pressure.ts';

export interface LoadFigures {
  budgetCores: number;
  committedCores: number;
  usedCores: number;
  pressure: Pressure;
  /** Of the declared order; a step is taken in shares. */
  steps: number;
  degraded: readonly Degradation[];
}

/** Keeps a worker's numbers about its load. */
export const tellLoad = (metrics: Metrics, figures: LoadFigures): void => {
  const { budgetCores, committedCores, usedCores, pressure, steps, degraded } = figures;
  metrics.gauge('xueliang_worker_budget_cores', 'Cores that the cameras may take together', budgetCores);
  metrics.gauge('xueliang_worker_committed_cores', 'Cores that are spoken for', committedCores);
  metrics.gauge('xueliang_worker_used_cores', 'Cores that the process really uses', usedCores);
  metrics.gauge('xueliang_worker_shed_level', 'Steps taken of the order in which cameras are shed', steps);
  const { withheld, ...kinds } = pressure;
  for (const [kind, share] of Object.entries(kinds)) {
    metrics.gauge('xueliang_worker_pressure_ratio', 'Load as a share of its limit', share, { kind });
  }
  metrics.gauge(
    'xueliang_worker_withheld_ratio',
    'What looks that are kept back would add to detectorBusy of xueliang_worker_pressure_ratio',
    withheld,
  );
  for (const to of degradations) {
    const count = degraded.filter((each) => each === to).length;
    metrics.gauge('xueliang_worker_degraded_cameras', 'Cameras looked at less closely', count, { to });
  }
};
