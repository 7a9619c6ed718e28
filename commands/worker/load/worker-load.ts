import type { LoopMonitor } from '../../../core/runtime/loop-load.ts';
import type { CameraStatus, Degradation } from '../../../core/schema/health.ts';
import type { Detector, Ingest, StageDeps } from '../../../core/stages.ts';
import { Admission } from './admission.ts';
import { CameraCosts } from './camera-costs.ts';
import { CpuMeter } from './cpu-meter.ts';
import { tellLoad } from './load-metrics.ts';
import { type Pressure, PressureGauge, toStrain } from './pressure.ts';
import { ShedGovernor } from './shed-governor.ts';
import { degradationsAt, levelsFor, type Rank, sharesPerStep } from './shed-order.ts';

export interface WorkerLoadOptions extends StageDeps {
  budgetCores: number;
  detector: Pick<Detector, 'load'>;
  ingest: Pick<Ingest, 'degrade' | 'threadLoads'>;
  /** Of the thread that this runs on. */
  loop: Pick<LoopMonitor, 'take'>;
  /** Processor time of the whole process so far, in microseconds. */
  cpuMicroseconds: () => number;
  rankOf: (cameraId: string) => Rank;
  /** Whether an alert of this camera is in flight. */
  isAlerting: (cameraId: string) => boolean;
}

/** Keeps a worker's work within what its cores can do: which cameras it takes, and how closely it looks at them. */
export class WorkerLoad {
  readonly admission: Admission;
  readonly #options: WorkerLoadOptions;
  readonly #costs = new CameraCosts();
  readonly #cpu: CpuMeter;
  readonly #gauge = new PressureGauge();
  readonly #governor = new ShedGovernor();
  #degraded = new Map<string, NonNullable<CameraStatus['degraded']>>();

  constructor(options: WorkerLoadOptions) {
    const { budgetCores, clock, cpuMicroseconds } = options;
    this.#options = options;
    this.#cpu = new CpuMeter(cpuMicroseconds, clock.monotonic());
    this.admission = new Admission({
      budget: budgetCores,
      costs: this.#costs,
      usedCores: () => this.#cpu.cores,
      isShedding: () => this.#governor.level > 0,
      monotonic: () => clock.monotonic(),
    });
  }

  /** To be called every second with what all cameras say of themselves; gives it back with what is kept from them. */
  sample(statuses: readonly CameraStatus[]): CameraStatus[] {
    const now = this.#options.clock.monotonic();
    this.#cpu.sample(now);
    for (const status of statuses) this.#costs.learn(status, now);
    const pressure = this.#read(statuses, now);
    this.#shed(statuses, pressure, now);
    this.#tell(statuses, pressure);
    return statuses.map((status) => {
      const degraded = this.#degraded.get(status.cameraId);
      return degraded ? { degraded, ...status } : status;
    });
  }

  /** Forgets cameras that are not configured any more. */
  keepOnly(cameraIds: ReadonlySet<string>): void {
    this.#costs.keepOnly(cameraIds);
    this.admission.keepOnly(cameraIds);
  }

  #read(statuses: readonly CameraStatus[], now: number): Pressure {
    const { detector, ingest, loop } = this.#options;
    const reading = {
      detector: detector.load(),
      cameraThreads: ingest.threadLoads(),
      main: loop.take(),
      behind: statuses.reduce((sum, { dropped }) => sum + dropped.behind, 0),
      shed: statuses.reduce((sum, { dropped }) => sum + dropped.shed, 0),
    };
    return this.#gauge.read(reading, now);
  }

  #shed(statuses: readonly CameraStatus[], pressure: Pressure, now: number): void {
    const { rankOf, isAlerting, log } = this.#options;
    const cameras = statuses.map(({ cameraId }) => ({
      cameraId,
      rank: rankOf(cameraId),
      isAlerting: isAlerting(cameraId),
    }));
    const before = this.#governor.level;
    const level = this.#governor.decide(toStrain(pressure), levelsFor(cameras), now);
    const said = { service: 'load', steps: level / sharesPerStep, pressure };
    if (level > before) log.warn(said, 'too much work: looking less closely');
    if (level < before) log.info(said, 'room again: looking more closely');
    this.#degrade(degradationsAt(level, cameras));
  }

  /** Told every second: a degradation that nobody repeats lapses. */
  #degrade(wanted: ReadonlyMap<string, Degradation>): void {
    const { clock, ingest } = this.#options;
    const before = this.#degraded;
    this.#degraded = new Map();
    for (const [cameraId, to] of wanted) {
      const known = before.get(cameraId);
      this.#degraded.set(cameraId, known?.to === to ? known : { to, since: Math.round(clock.now()) });
      ingest.degrade(cameraId, to);
    }
    for (const cameraId of before.keys()) if (!wanted.has(cameraId)) ingest.degrade(cameraId, undefined);
  }

  #tell(statuses: readonly CameraStatus[], pressure: Pressure): void {
    tellLoad(this.#options.metrics, {
      budgetCores: this.#options.budgetCores,
      committedCores: this.admission.committed(new Set(statuses.map(({ cameraId }) => cameraId))),
      usedCores: this.#cpu.cores,
      pressure,
      steps: this.#governor.level / sharesPerStep,
      degraded: [...this.#degraded.values()].map(({ to }) => to),
    });
  }
}
