import type { ScenarioEngine } from '../../../alerts/index.ts';
import { openLoopMonitor } from '../../../core/runtime/loop-load.ts';
import type { Detector, Ingest } from '../../../core/stages.ts';
import type { RoleContext } from '../../role.ts';
import type { Reports } from '../reports.ts';
import type { WorkerCores } from './budget.ts';
import { CameraRanks } from './camera-ranks.ts';
import { WorkerLoad } from './worker-load.ts';

export interface LoadParts {
  cores: WorkerCores;
  detector: Detector;
  ingest: Ingest;
  engine: ScenarioEngine;
  reports: Reports;
}

/** Begins to measure this process, for a worker made of these parts. */
export const openLoad = (
  { resources, clock, log, metrics }: RoleContext,
  { cores, detector, ingest, engine, reports }: LoadParts,
) => {
  log.info({ service: 'load', ...cores }, 'cores of this worker');
  const ranks = new CameraRanks(resources);
  const loop = openLoopMonitor();
  const load = new WorkerLoad({
    budgetCores: cores.budget,
    ...{ detector, ingest, loop, clock, log, metrics },
    cpuMicroseconds: () => {
      const { user, system } = process.cpuUsage();
      return user + system;
    },
    rankOf: (cameraId) => ranks.of(cameraId, clock.now()),
    isAlerting: (cameraId) => engine.hasOpenSituation(cameraId) || reports.isExpecting(cameraId),
  });
  return { load, ranks, close: () => loop.close() };
};
