import type { ScenarioEngine } from '../../alerts/index.ts';
import type { FrameFacts, FrameRef } from '../../core/frame-slots.ts';
import type { Clock } from '../../core/runtime/clock.ts';
import type { Camera } from '../../core/schema/camera.ts';
import type { Detection } from '../../core/schema/detection.ts';
import type { CameraStatus, DropReason } from '../../core/schema/health.ts';
import type { TrackRow } from '../../core/schema/track.ts';
import type { Track, Tracker, TrackUpdate } from '../../core/stages.ts';
import { type StaticFilter, type StaticSpot, trackSifted } from '../../inference/index.ts';
import { LookHistory, type LookRecord } from './look-history.ts';

export interface CameraPipelinesOptions {
  createTracker: (camera: Camera) => Tracker;
  /** `spots`: what was learnt of the camera before. */
  createStaticFilter: (spots: readonly StaticSpot[]) => StaticFilter;
  /** What a filter knew of a camera that is no longer looked at here. */
  onSpots: (cameraId: string, spots: readonly StaticSpot[]) => void;
  engine: Pick<ScenarioEngine, 'observe' | 'interrupt'>;
  /** A frame with these tracks has been through the scenarios. */
  onLooked: (cameraId: string, tracks: readonly Track[], frame: FrameFacts, camera: Camera) => void;
  /** A dormant camera's look showed nothing at all. */
  onNothing: (cameraId: string) => void;
  onTracksEnded: (rows: readonly TrackRow[]) => void;
  /** More objects than can be followed were in the picture. */
  onUnfollowed: (cameraId: string, count: number) => void;
  /** Weak boxes at a spot that is known to be nothing were taken out. */
  onSifted: (cameraId: string, count: number) => void;
  /** From which score on a box is taken for something that is there. */
  sureScore: number;
  clock: Pick<Clock, 'now' | 'monotonic'>;
}

interface Pipeline {
  camera: Camera;
  tracker: Tracker;
  /** Outlives breaks of the stream: the camera still looks at the same place. */
  statics: StaticFilter;
  /** Which connection of the camera its frames came from last. */
  session: number;
  lastCapturedAt: number;
  dropped: Record<DropReason, number>;
  /** Since the last status. */
  looked: number;
  costMs: number;
  statusAt: number;
  /** As it was told last. */
  status: CameraStatus | undefined;
  history: LookHistory;
}

/** What happens to a camera's frames after the detector: static filter, tracker, then scenarios, and the figures of both. */
export class CameraPipelines {
  readonly #options: CameraPipelinesOptions;
  readonly #pipelines = new Map<string, Pipeline>();

  constructor(options: CameraPipelinesOptions) {
    this.#options = options;
  }

  /** Starts a camera's pipeline; changed settings of a camera that is there keep its tracks. */
  set(camera: Camera, spots: readonly StaticSpot[] = []): void {
    const known = this.#pipelines.get(camera.id);
    if (known && known.camera.place === camera.place) {
      known.camera = camera;
      return;
    }
    if (known) this.remove(camera.id);
    const { clock, sureScore } = this.#options;
    this.#pipelines.set(camera.id, {
      camera,
      tracker: this.#options.createTracker(camera),
      statics: this.#options.createStaticFilter(spots),
      session: 0,
      lastCapturedAt: 0,
      dropped: { quiet: 0, behind: 0, shed: 0, 'detector-busy': 0 },
      looked: 0,
      costMs: 0,
      statusAt: clock.monotonic(),
      status: undefined,
      history: new LookHistory(() => clock.now(), sureScore),
    });
  }

  /** Ends a camera's tracks and forgets it. */
  remove(cameraId: string): void {
    const pipeline = this.#pipelines.get(cameraId);
    if (!pipeline) return;
    this.#pipelines.delete(cameraId);
    this.#options.onTracksEnded(pipeline.tracker.flush(pipeline.lastCapturedAt));
    this.#options.onSpots(cameraId, pipeline.statics.spots());
  }

  /** Tells of every camera what its static filter knows now. */
  tellSpots(): void {
    for (const [cameraId, { statics }] of this.#pipelines) this.#options.onSpots(cameraId, statics.spots());
  }

  /** Ends all tracks: no frame comes any more. */
  close(): void {
    for (const cameraId of [...this.#pipelines.keys()]) this.remove(cameraId);
  }

  /** Takes a frame's detections through tracker and scenarios. Frames of one camera come in order. */
  look(frame: FrameRef, detections: readonly Detection[], costMs: number): void {
    const pipeline = this.#pipelines.get(frame.cameraId);
    if (!pipeline) return; // it was removed while its last frame was looked at
    this.#notePossibleBreak(pipeline, frame);
    pipeline.looked++;
    pipeline.costMs += costMs;
    pipeline.lastCapturedAt = frame.capturedAt;
    const { ended, unfollowed, taken, ...update } = trackSifted(pipeline, detections, frame.capturedAt);
    if (taken > 0) this.#options.onSifted(frame.cameraId, taken);
    if (ended.length > 0) this.#options.onTracksEnded(ended);
    if (unfollowed > 0) this.#options.onUnfollowed(frame.cameraId, unfollowed);
    pipeline.history.looked(frame.capturedAt, detections, update.tracks, costMs);
    this.#observe(pipeline, frame, update, false);
    const isNothing = detections.length === taken && update.tracks.length === 0;
    if (frame.tier === 'dormant' && isNothing) this.#options.onNothing(frame.cameraId);
  }

  /** A look was due, and would have been at the very picture in which there was nothing. */
  repeat(frame: FrameFacts): void {
    const pipeline = this.#pipelines.get(frame.cameraId);
    if (!pipeline) return;
    this.#notePossibleBreak(pipeline, frame);
    pipeline.lastCapturedAt = frame.capturedAt;
    pipeline.history.repeated();
    // The static filter learns from looks alone.
    const { ended, unfollowed: _none, ...update } = pipeline.tracker.update([], frame.capturedAt);
    if (ended.length > 0) this.#options.onTracksEnded(ended);
    this.#observe(pipeline, frame, update, true);
  }

  /** Counts a frame that nobody looked at. */
  drop(frame: FrameRef, reason: DropReason): void {
    const pipeline = this.#pipelines.get(frame.cameraId);
    if (!pipeline) return;
    pipeline.dropped[reason]++;
    pipeline.history.dropped(reason);
  }

  /** What is remembered of a camera's last minutes, with the status that was told of it last. */
  record(cameraId: string): { looks: LookRecord; status: CameraStatus | undefined } | undefined {
    const pipeline = this.#pipelines.get(cameraId);
    return pipeline && { looks: pipeline.history.record(), status: pipeline.status };
  }

  /** Adds what happened behind the frames to what the camera's side says of itself. */
  complete(status: CameraStatus): CameraStatus {
    const pipeline = this.#pipelines.get(status.cameraId);
    if (!pipeline) return status;
    const now = this.#options.clock.monotonic();
    const elapsedMs = Math.max(1, now - pipeline.statusAt);
    const { dropped, looked, costMs } = pipeline;
    pipeline.statusAt = now;
    pipeline.looked = 0;
    pipeline.costMs = 0;
    pipeline.status = {
      ...status,
      detectFps: (looked * 1000) / elapsedMs,
      costCores: status.costCores + costMs / elapsedMs,
      dropped: {
        quiet: status.dropped.quiet + dropped.quiet,
        behind: status.dropped.behind + dropped.behind,
        shed: status.dropped.shed + dropped.shed,
        'detector-busy': status.dropped['detector-busy'] + dropped['detector-busy'],
      },
    };
    return pipeline.status;
  }

  #observe(
    { camera }: Pipeline,
    frame: FrameFacts,
    update: Omit<TrackUpdate, 'ended' | 'unfollowed'>,
    isRepeat: boolean,
  ): void {
    const { cameraId, capturedAt, ptsUs, receivedAt, clockQuality } = frame;
    this.#options.engine.observe({ ptsUs, receivedAt, clockQuality, isRepeat, ...update, capturedAt });
    this.#options.onLooked(cameraId, update.tracks, frame, camera);
  }

  /** After a reconnect nothing says that a box is the same object as before. */
  #notePossibleBreak(pipeline: Pipeline, frame: FrameFacts): void {
    if (pipeline.session !== 0 && pipeline.session !== frame.session) {
      this.#options.onTracksEnded(pipeline.tracker.flush(pipeline.lastCapturedAt));
      this.#options.engine.interrupt(frame.cameraId);
    }
    pipeline.session = frame.session;
  }
}
