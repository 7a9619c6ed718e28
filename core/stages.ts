import type { FrameFacts, FrameRef, FrameSpec } from './frame-slots.ts';
import type { Logger } from './log.ts';
import type { Metrics } from './metrics.ts';
import type { Clock } from './runtime/clock.ts';
import type { LoopLoad } from './runtime/loop-load.ts';
import type { AlertEvent, EvidenceItem, Medium } from './schema/alert.ts';
import type { Camera } from './schema/camera.ts';
import type { Detection } from './schema/detection.ts';
import type { ExplainedMinute, TierChange } from './schema/explanation.ts';
import type { Box, Point, Polygon } from './schema/geometry.ts';
import type { CameraStatus, Degradation, DropReason } from './schema/health.ts';
import type { Label } from './schema/label.ts';
import type { CrossingDirection } from './schema/line-count.ts';
import type { CameraNormals } from './schema/normals.ts';
import type { TrackRow } from './schema/track.ts';

/** The interfaces through which the stages of a worker meet. No stage knows another. */

export interface StageDeps {
  clock: Clock;
  log: Logger;
  metrics: Metrics;
}

/** What a camera's session needs besides the camera itself. Never logged, never sent. */
export interface CameraCredentials {
  user?: string;
  password?: string;
  /** Query string that a platform's re-published address wants (a token), without the question mark. */
  query?: string;
}

/** Pools of frame slots that decode threads write and detector threads read. */
export interface FramePools {
  spec: FrameSpec;
  slotsPerPool: number;
  buffers: readonly SharedArrayBuffer[];
}

/** A picture and clip wanted for an alert. Boxes and outline are drawn onto the snapshot. */
export interface EvidenceRequest {
  alertId: string;
  cameraId: string;
  /** The frame that decided, by its stream time. */
  ptsUs: number;
  capturedAt: number;
  boxes: readonly { box: Box; label: Label }[];
  /** What it is about and has no label. */
  marks?: readonly Box[];
  /** The zone and the line that it was about. */
  outline?: Polygon;
  line?: readonly Point[];
  preSeconds: number;
  postSeconds: number;
}

export type EvidenceOutcome =
  | { alertId: string; cameraId: string; medium: Medium; item: EvidenceItem }
  | { alertId: string; cameraId: string; medium: Medium; reason: string };

/** What the cameras' side did in one minute. */
export type RecordedMinute = Pick<
  ExplainedMinute,
  'from' | 'awakeMs' | 'dormantMs' | 'blindMs' | 'wokenMs' | 'received' | 'decoded' | 'dropped'
> & {
  /** Time that reading and decoding took. */
  busyMs: number;
};

/** What the cameras' side remembers of the last minutes of a camera. Oldest first. */
export interface CameraRecord {
  minutes: readonly RecordedMinute[];
  tierChanges: readonly TierChange[];
}

/** What somebody wants to know of a camera's pictures themselves. */
export interface PictureWish {
  /** Smallest side of what is looked for, as a share of the picture's height. */
  minSize: number;
}

/** What one of a camera's pictures says without any detection. */
export interface PictureFacts {
  cameraId: string;
  capturedAt: number;
  receivedAt: number;
  ptsUs: number;
  /** What is new against the long background and does not move; `size` is its smaller side over the picture's height. */
  still: readonly { box: Box; stillMs: number; size: number }[];
  /** Where something was a part of the background, and has gone. */
  gone: readonly Box[];
  /** Stream time for which the background has been learned: what was there before that is a part of it. */
  learnedMs: number;
}

/** What is shown of a camera as it comes: how the pictures that follow are coded, or one of them (fragmented MP4). */
export type LiveChunk =
  | {
      type: 'start';
      /** As a browser is asked whether it can play it (RFC 6381). */
      codec: string;
      width: number;
      height: number;
      /** Capture time of the first picture. */
      startedAt: number;
      /** The stream time that is media time 0. */
      originUs: number;
      init: Uint8Array;
    }
  | {
      type: 'fragment';
      isKeyframe: boolean;
      bytes: Uint8Array;
      /** When a player shows it, in seconds from media time 0. */
      mediaSeconds: number;
      capturedAt: number;
    };

/** Somebody who watches a camera. */
export interface LiveViewer {
  /** Bytes it was given and has not taken. */
  readonly bufferedBytes: number;
  take(chunk: LiveChunk): void;
  /** Nothing comes any more; called once, unless the viewer has left. */
  end(reason: string): void;
}

/** The latest picture of a camera. */
export interface LivePicture {
  jpeg: Uint8Array;
  capturedAt: number;
  width: number;
  height: number;
}

/** What the cameras' side shows to people. */
export interface LiveSource {
  /** Throws `camera-dark`, `camera-not-held`, `picture-failed` or `picture-busy`: never an old picture. */
  picture(cameraId: string): Promise<LivePicture>;
  /** Shows a camera until the returned function is called. Throws `camera-dark`, `camera-not-held` or `live-full`. */
  watchLive(cameraId: string, viewer: LiveViewer): () => void;
}

/** What the cameras' side asks of and tells the rest of a worker. */
export interface Ingest extends LiveSource {
  readonly pools: FramePools;
  /**
   * Starts or, when it is there already with other settings, restarts a camera. `wish`: what is wanted of its pictures
   * through `onPicture`, which costs memory and is told of that camera only.
   */
  setCamera(camera: Camera, credentials: CameraCredentials | undefined, wish?: PictureWish): void;
  removeCamera(cameraId: string): Promise<void>;
  /**
   * Keeps a camera awake at least `holdMs` from now (0: no longer than it is anyway), at `fps` frames a second for the
   * detector. The latest rate counts, for some seconds.
   */
  keepAwake(cameraId: string, holdMs: number, fps: number): void;
  /** The detector found nothing at all in the frame that a dormant camera gave last. */
  sawNothing(cameraId: string): void;
  /** Lets a camera be looked at no more closely than this for some seconds, or again as it should be. */
  degrade(cameraId: string, to: Degradation | undefined): void;
  requestEvidence(request: EvidenceRequest): void;
  /** The latest status of every camera this worker holds. */
  statuses(): CameraStatus[];
  /** What is remembered of a camera; nothing when it is not held, or its thread does not answer within a second. */
  explain(cameraId: string): Promise<CameraRecord | undefined>;
  /** How busy the camera threads were in the last second, those that have said so. */
  threadLoads(): LoopLoad[];
  close(): Promise<void>;
}

export interface IngestEvents {
  onFrame(frame: FrameRef): void;
  /** A dormant camera's look was due, and its picture is still the one in which the detector found nothing. */
  onRepeat(frame: FrameFacts): void;
  /** Of a picture that the gate has looked at: one a second at most, of a dormant camera one a keyframe. */
  onPicture?(facts: PictureFacts): void;
  onEvidence(outcome: EvidenceOutcome): void;
}

/** What a detector's threads did since it was opened, and what waits for them now. */
export interface DetectorLoad {
  threads: number;
  /** Summed over the threads. */
  busyMs: number;
  /** Frames that were handed to a thread, and how long after they were due, all together. */
  handed: number;
  lateMs: number;
  /** How long the frame has been due that waits and is due longest. */
  latestMs: number;
}

/** Frames in, detections out, on threads of its own. */
export interface Detector {
  readonly modelId: string;
  /** Takes a frame into its bounded queue. A frame that is not looked at comes back through `onDropped`. */
  submit(frame: FrameRef): void;
  load(): DetectorLoad;
  close(): Promise<void>;
}

export interface DetectorEvents {
  onDetections(frame: FrameRef, detections: readonly Detection[], costMs: number): void;
  onDropped(frame: FrameRef, reason: DropReason): void;
}

/** One object over the frames of one camera. */
export interface Track {
  trackId: string;
  label: Label;
  score: number;
  box: Box;
  startedAt: number;
  /** When it was last matched to a detection. */
  seenAt: number;
  /** Frames in which it was matched. */
  hits: number;
  /** Seen often enough to be believed. Scenarios look at confirmed tracks only. */
  isConfirmed: boolean;
  /** Matched in the very frame this update is about. */
  isSeenNow: boolean;
  /** It was there in the first frames after watching began (a start, or a reconnect). */
  stoodAtStart: boolean;
  /** How long its box has stayed in one place, in milliseconds; 0 while it moves. */
  stillMs: number;
  /** How fast it goes: sizes of its own box a second, widths across and heights along. */
  speed: number;
}

export interface TrackUpdate {
  cameraId: string;
  capturedAt: number;
  /** All living tracks, confirmed or not. */
  tracks: readonly Track[];
  /** Confirmed tracks that ended with this update. */
  ended: readonly TrackRow[];
  /** Sure detections that got no track, because there are more objects than can be followed. */
  unfollowed: number;
}

/** What the tracker says of a frame together with what the frame says of itself: all that scenarios see of it. */
export type ObservedFrame = Omit<TrackUpdate, 'ended' | 'unfollowed'> &
  Pick<FrameFacts, 'ptsUs' | 'receivedAt' | 'clockQuality'> & {
    /** No look of its own: the picture was still the one in which the detector had found nothing. */
    isRepeat?: boolean;
  };

/** Joins one camera's detections over time. Pure: no threads, no clock of its own. */
export interface Tracker {
  update(detections: readonly Detection[], capturedAt: number): TrackUpdate;
  /** Ends every track, as when the camera is removed or its stream breaks. */
  flush(capturedAt: number): readonly TrackRow[];
}

/** One object went over a line. */
export interface LineCrossing {
  cameraId: string;
  place: string;
  scenarioId: string;
  lineId: string;
  label: Label;
  direction: CrossingDirection;
  /** Capture time of the frame that first showed it beyond the line. */
  at: number;
}

/** What scenarios want done. Events go to the outbox, demands back to the camera. */
export interface ScenarioOutput {
  onEvent(event: AlertEvent): void;
  onEvidenceWanted(request: EvidenceRequest): void;
  /** `dueInMs`: when the next alert could be due if all stays as it is; Infinity when none could. */
  onKeepAwake(cameraId: string, holdMs: number, dueInMs: number): void;
  /** Every crossing of a line that a scenario on duty watches, alerted to or not. */
  onCrossing(crossing: LineCrossing): void;
  /** A scenario on duty wants the camera awake for `holdMs` from now, whether or not anything is there. */
  onStandingWatch(cameraId: string, holdMs: number): void;
}

/** What is usual on each camera at each hour of the week, as it was computed last. */
export interface ActivityNormals {
  /** Nothing when nothing was ever computed for the camera. */
  of(cameraId: string): CameraNormals | undefined;
}

/** Alert events that must reach the bus, whatever happens to this process. */
export interface Outbox {
  /** Resolves when the event is safely on disk. */
  put(event: AlertEvent): Promise<void>;
  readonly pending: number;
  /** Offers what is waiting until all is delivered or `signal` aborts. */
  drain(signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}
