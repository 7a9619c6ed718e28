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
  for (const [kind, share] of Object.entries(pressure)) {
    metrics.gauge('xueliang_worker_pressure_ratio', 'Load as a share of its limit', share, { kind });
  }
  for (const to of degradations) {
    const count = degraded.filter((each) => each === to).length;
    metrics.gauge('xueliang_worker_degraded_cameras', 'Cameras looked at less closely', count, { to });
  }
};
