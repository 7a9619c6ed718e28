import type { ScenarioEngine } from '../../alerts/index.ts';
import type { Bus } from '../../core/bus/bus.ts';
import { explanationError } from '../../core/explanation/errors.ts';
import type { Clock } from '../../core/runtime/clock.ts';
import type { Camera } from '../../core/schema/camera.ts';
import type { Explanation } from '../../core/schema/explanation.ts';
import type { Ingest } from '../../core/stages.ts';
import type { CameraPipelines } from './camera-pipelines.ts';
import { toExplanation } from './to-explanation.ts';

export interface ExplanationsOptions {
  bus: Pick<Bus, 'answerExplain'>;
  ingest: Pick<Ingest, 'explain' | 'statuses'>;
  engine: Pick<ScenarioEngine, 'explain'>;
  pipelines: Pick<CameraPipelines, 'record'>;
  clock: Clock;
  timezone: string;
  modelId: string;
}

/** Answers for the cameras that this worker holds, and for no others. */
export class Explanations {
  readonly #options: ExplanationsOptions;
  readonly #answering = new Map<string, () => void>();

  constructor(options: ExplanationsOptions) {
    this.#options = options;
  }

  /** Answers for a camera from now on, as it is configured now. */
  set(camera: Camera): void {
    const { bus } = this.#options;
    this.remove(camera.id);
    this.#answering.set(
      camera.id,
      bus.answerExplain(camera.id, () => this.#explain(camera)),
    );
  }

  remove(cameraId: string): void {
    this.#answering.get(cameraId)?.();
    this.#answering.delete(cameraId);
  }

  close(): void {
    for (const cameraId of [...this.#answering.keys()]) this.remove(cameraId);
  }

  async #explain(camera: Camera): Promise<Explanation> {
    const { ingest, engine, pipelines, clock, timezone, modelId } = this.#options;
    const record = await ingest.explain(camera.id);
    const seen = pipelines.record(camera.id);
    const status = seen?.status ?? ingest.statuses().find(({ cameraId }) => cameraId === camera.id);
    // Let go of while its thread was asked: whoever asks again asks the next worker.
    if (!seen || !status)
      throw explanationError('camera-unwatched', `camera '${camera.id}' has just been let go of`);
    const now = clock.now();
    return toExplanation({
      ...{ camera, status, record, timezone, modelId },
      looks: seen.looks,
      scenarios: engine.explain(camera.id, now),
      at: Math.round(now),
    });
  }
}
