import type { EarlierAlert } from '../../alerts/index.ts';
import { decodeObservations } from '../../core/observations/decode.ts';
import { decideAlike, printSettings } from '../../core/observations/settings-print.ts';
import type { ObservationChunk } from '../../core/schema/observation-chunk.ts';
import type { WhatIfCamera } from '../../core/schema/what-if.ts';
import type { CameraPlan } from './plan.ts';
import { type RerunAlert, ScenarioRerun } from './scenario-rerun.ts';
import { Spans } from './spans.ts';

export interface CameraRerun extends Pick<WhatIfCamera, 'looks'> {
  before: readonly RerunAlert[];
  after: readonly RerunAlert[];
  gaps: Spans;
  /** By scenario: when it was set otherwise than today. */
  otherSettings: ReadonlyMap<string, Spans>;
}

export interface RerunOptions {
  plan: CameraPlan;
  chunks: AsyncIterable<ObservationChunk>;
  /** What had been alerted to by then. */
  alertsAt: (at: number) => readonly EarlierAlert[];
  /** Awaited after every chunk: lets others have their turn, and ends what takes too long by throwing. */
  pause: () => Promise<void>;
}

/** Tells a camera's scenarios again, as they are set and as they would be, what they saw. */
export const rerunCamera = async ({ plan, chunks, alertsAt, pause }: RerunOptions): Promise<CameraRerun> => {
  const story = new Story(plan, alertsAt);
  for await (const chunk of chunks) {
    story.take(chunk);
    await pause();
  }
  return story.end();
};

class Story {
  readonly #cameraId: string;
  readonly #before: ScenarioRerun;
  readonly #after: ScenarioRerun;
  readonly #runs: readonly ScenarioRerun[];
  readonly #today: ReadonlyMap<string, string>;
  readonly #alertsAt: RerunOptions['alertsAt'];
  readonly #gaps = new Spans();
  readonly #other = new Map<string, Spans>();
  #last: ObservationChunk | undefined;
  #looks = 0;

  constructor(plan: CameraPlan, alertsAt: RerunOptions['alertsAt']) {
    this.#cameraId = plan.before.camera.id;
    this.#before = new ScenarioRerun(plan.before);
    this.#after = plan.after ? new ScenarioRerun(plan.after) : this.#before;
    this.#runs = plan.after ? [this.#before, this.#after] : [this.#before];
    this.#today = printsOf(printSettings(plan.before));
    this.#alertsAt = alertsAt;
  }

  take(chunk: ObservationChunk): void {
    this.#join(chunk);
    this.#last = chunk;
    this.#compareSettings(chunk);
    const observations = decodeObservations(Buffer.from(chunk.data, 'base64'), this.#cameraId);
    if (!observations) {
      this.#gaps.add(chunk.from, chunk.to);
      return;
    }
    this.#looks += chunk.looks;
    for (const observation of observations) for (const run of this.#runs) run.take(observation);
  }

  end(): CameraRerun {
    const [before, after] = [this.#before.raised, this.#after.raised];
    return { before, after, looks: this.#looks, gaps: this.#gaps, otherSettings: this.#other };
  }

  /** Brings both runs from the end of the last chunk to the beginning of this one. */
  #join(chunk: ObservationChunk): void {
    const last = this.#last;
    const runs = this.#runs;
    const isSameRun = last?.runAt === chunk.runAt;
    const expected = isSameRun && last ? last.number + 1 : 0;
    if (!last) {
      const watchedUntil = chunk.number === 0 ? chunk.watchedUntil : chunk.from;
      for (const run of runs) run.begin(this.#alertsAt(chunk.from), watchedUntil);
      return;
    }
    const isCutOff = !isSameRun && !last.isLast;
    if (chunk.number !== expected || isCutOff) this.#gaps.add(last.to, chunk.from);
    if (!isSameRun) for (const run of runs) run.restart(chunk.watchedUntil);
    else {
      const changed = changedSettings(last, chunk).filter((id) => this.#today.has(id));
      if (changed.length > 0) for (const run of runs) run.revise(changed);
    }
  }

  #compareSettings({ settings, from, to }: ObservationChunk): void {
    const then = printsOf(settings);
    for (const [scenarioId, today] of this.#today) {
      const print = then.get(scenarioId);
      if (print !== undefined && decideAlike(print, today)) continue;
      const spans = this.#other.get(scenarioId) ?? new Spans();
      this.#other.set(scenarioId, spans);
      spans.add(from, to);
    }
  }
}

const printsOf = (settings: ObservationChunk['settings']): Map<string, string> =>
  new Map(settings.map(({ scenarioId, print }) => [scenarioId, print]));

const changedSettings = (last: ObservationChunk, next: ObservationChunk): string[] => {
  const before = printsOf(last.settings);
  return next.settings
    .filter(({ scenarioId, print }) => before.get(scenarioId) !== print)
    .map(({ scenarioId }) => scenarioId);
};
