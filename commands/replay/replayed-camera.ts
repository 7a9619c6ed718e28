import { createScenarioEngine, type ScenarioEngine } from '../../alerts/index.ts';
import type { Logger } from '../../core/log.ts';
import { createMetrics } from '../../core/metrics.ts';
import { toGrid } from '../../core/observations/grid.ts';
import { SimulatedClock } from '../../core/runtime/simulated-clock.ts';
import { defaultTimezone } from '../../core/schedule.ts';
import type { AlertEvent } from '../../core/schema/alert.ts';
import type { Camera } from '../../core/schema/camera.ts';
import type { Detection } from '../../core/schema/detection.ts';
import type { ScenarioExplanation } from '../../core/schema/explanation.ts';
import type { ModelCard } from '../../core/schema/model-card.ts';
import type { Scenario } from '../../core/schema/scenario.ts';
import type { Calendar } from '../../core/schema/schedule.ts';
import type { SiteSettings } from '../../core/schema/site.ts';
import type { TrackRow } from '../../core/schema/track.ts';
import type { LineCrossing, Tracker, TrackUpdate } from '../../core/stages.ts';
import { createNumberedUlids } from '../../core/ulid.ts';
import { createStaticFilter, createTracker, type StaticFilter, trackSifted } from '../../inference/index.ts';

export interface ReplayedCameraOptions {
  site: SiteSettings;
  camera: Camera;
  /** Those that do not mean the camera are left out. */
  scenarios: readonly Scenario[];
  calendars?: readonly Calendar[];
  card: ModelCard;
  /** The moment of stream time 0, in milliseconds since 1970-01-01 UTC. */
  startAt: number;
  log: Logger;
  onEvent: (event: AlertEvent) => void;
  onCrossing?: (crossing: LineCrossing) => void;
  onTracksEnded?: (rows: readonly TrackRow[]) => void;
}

/**
 * What a worker does with a camera's detections, static filter, tracker and scenarios, on the stream's own time: every clock says what
 * the frames say, and ids are numbered. The same detections give the same events.
 */
export class ReplayedCamera {
  readonly #options: ReplayedCameraOptions;
  readonly #clock: SimulatedClock;
  readonly #engine: ScenarioEngine;
  readonly #tracker: Tracker;
  readonly #statics: StaticFilter;
  #now: number;

  constructor(options: ReplayedCameraOptions) {
    const { site, camera, scenarios, calendars = [], card, startAt, log, onEvent } = options;
    this.#options = options;
    this.#now = startAt;
    this.#clock = new SimulatedClock(startAt);
    this.#engine = createScenarioEngine({
      siteId: site.id,
      modelId: card.id,
      modelLabels: card.labels.filter((label) => label !== null),
      normals: { of: () => undefined }, // a clip has no past
      timezone: site.timezone ?? defaultTimezone,
      idSource: createNumberedUlids(),
      clock: this.#clock,
      // That alerts are raised is what whoever replays is told anyway.
      log: log.isLevelEnabled('info') ? log.child({}, { level: 'warn' }) : log,
      metrics: createMetrics(),
      output: {
        onEvent,
        onCrossing: (crossing) => options.onCrossing?.(crossing),
        onEvidenceWanted: () => undefined,
        onKeepAwake: () => undefined,
        onStandingWatch: () => undefined,
      },
    });
    this.#engine.setCamera({ camera, scenarios, calendars });
    const { confidentScore } = card.output;
    this.#statics = createStaticFilter({ confidentScore });
    this.#tracker = createTracker({ cameraId: camera.id, place: camera.place, confidentScore });
  }

  /** The moment that its clocks show. */
  get now(): number {
    return this.#now;
  }

  /** Takes a frame's detections through tracker and scenarios. Frames come in order. */
  look(detections: readonly Detection[], ptsUs: number): TrackUpdate {
    const capturedAt = this.#options.startAt + ptsUs / 1000;
    this.#now = Math.round(capturedAt);
    this.#clock.jump(this.#now - this.#clock.now());
    this.#engine.tick(this.#now);
    const tracking = { statics: this.#statics, tracker: this.#tracker };
    const update = trackSifted(tracking, detections, capturedAt);
    if (update.ended.length > 0) this.#options.onTracksEnded?.(update.ended);
    const frame = { ...update, capturedAt, ptsUs, receivedAt: capturedAt, clockQuality: 'rtcp' } as const;
    this.#engine.observe(toGrid(frame) ?? frame); // as a worker's scenarios see it
    return update;
  }

  /** How near each scenario that watches is to an alert. */
  explain(): readonly ScenarioExplanation[] {
    return this.#engine.explain(this.#options.camera.id, this.#now);
  }

  /** Ends the tracks: no frame comes any more. Situations stay open, as when a worker ends. */
  close(): void {
    this.#options.onTracksEnded?.(this.#tracker.flush(this.#now));
  }
}
