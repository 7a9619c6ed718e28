import { createSchedule } from '../../core/schedule.ts';
import type { ScenarioExplanation } from '../../core/schema/explanation.ts';
import type { ObservedFrame, PictureFacts } from '../../core/stages.ts';
import type { AlertingDeps } from './alert-writer.ts';
import { CameraWatch, type WatchedCamera } from './camera-watch.ts';

export interface ScenarioEngineOptions extends AlertingDeps {
  /** IANA name of the zone whose wall clock schedules follow, such as Asia/Shanghai. */
  timezone: string;
}

/** Decides over any number of cameras what deserves an alert. */
export interface ScenarioEngine {
  /**
   * Watches a camera, or takes over its changed settings: situations of scenarios that are still there go on, those
   * of scenarios that are gone are ended. `alerts` and `watchedUntil` count when the camera is new here.
   */
  setCamera(watched: WatchedCamera): void;
  /** Forgets a camera without ending its situations: whoever takes it over goes on with them. */
  removeCamera(cameraId: string): void;
  /** Looks at a frame; frames of one camera come in order. A camera that is not watched is ignored. */
  observe(frame: ObservedFrame): void;
  /** Takes what a picture says without any detection; pictures of one camera come in order. */
  observePicture(facts: PictureFacts): void;
  /** The camera's stream was lost; frames after this are a reconnect's. */
  interrupt(cameraId: string): void;
  /** Whether something on this camera that was alerted to goes on. */
  hasOpenSituation(cameraId: string): boolean;
  /**
   * Ends what has gone unseen for too long to be told to be the same: 5 minutes in a zone, 24 hours for a vehicle. Says
   * again which cameras are to stay awake whatever they show.
   * Call it now and then (every few seconds) with the present time, in milliseconds since 1970-01-01 UTC.
   */
  tick(now: number): void;
  /**
   * How near each scenario of a camera is to an alert, as of its last look, and what it lacks; `now` decides whether it
   * is on duty. Nothing for a camera that is not watched.
   */
  explain(cameraId: string, now: number): readonly ScenarioExplanation[];
}

/**
 * Makes the engine that turns tracks into alerts. It keeps time by the frames' stamps, and reads `clock` only to
 * stamp events, so the same frames give the same events. Throws `timezone-unknown`.
 */
export const createScenarioEngine = ({ timezone, ...deps }: ScenarioEngineOptions): ScenarioEngine => {
  createSchedule(undefined, timezone); // says so now rather than at the first scenario with a schedule
  const cameras = new Map<string, CameraWatch>();
  return {
    setCamera: (watched) => {
      const known = cameras.get(watched.camera.id);
      if (known) known.set(watched);
      else cameras.set(watched.camera.id, new CameraWatch(deps, timezone, watched));
    },
    removeCamera: (cameraId) => {
      cameras.delete(cameraId);
    },
    observe: (frame) => {
      if (isStamped(frame)) cameras.get(frame.cameraId)?.look(frame);
      else {
        deps.metrics.count(
          'xueliang_alerts_unstamped_frames_total',
          'Frames left out because a time of theirs is not a number',
          { camera: frame.cameraId },
        );
      }
    },
    observePicture: (facts) => cameras.get(facts.cameraId)?.notePicture(facts),
    interrupt: (cameraId) => cameras.get(cameraId)?.interrupt(),
    hasOpenSituation: (cameraId) => cameras.get(cameraId)?.hasOpenSituation ?? false,
    tick: (now) => {
      for (const camera of cameras.values()) camera.tick(now);
    },
    explain: (cameraId, now) => cameras.get(cameraId)?.explain(now) ?? [],
  };
};

const isStamped = ({ capturedAt, receivedAt, ptsUs }: ObservedFrame): boolean =>
  Number.isFinite(capturedAt) && Number.isFinite(receivedAt) && Number.isFinite(ptsUs);
