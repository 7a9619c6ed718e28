import type { FrameFacts, FrameRef, FrameSpec } from '../../core/frame-slots.ts';
import type { LoopLoad } from '../../core/runtime/loop-load.ts';
import type { Camera } from '../../core/schema/camera.ts';
import type { CameraStatus, Degradation } from '../../core/schema/health.ts';
import type {
  CameraCredentials,
  CameraRecord,
  EvidenceOutcome,
  EvidenceRequest,
  LiveChunk,
  PictureFacts,
  PictureWish,
} from '../../core/stages.ts';
import type { PictureAnswer } from '../live/open-pictures.ts';
import type { PacketRingLimits } from '../ring/packet-ring.ts';
import type { CameraFaults } from '../session/camera-faults.ts';

/** What a camera thread is started with. */
export interface CameraThreadData {
  workerId: string;
  /** Number of the thread and of its pool. */
  pool: number;
  slots: SharedArrayBuffer;
  slotCount: number;
  spec: FrameSpec;
  awakeFps: number;
  /** Cameras that FFmpeg may read at a time over all threads, and how many each of them has it read (int32). */
  ffmpegCameras: number;
  ffmpegTaken: SharedArrayBuffer;
  allowedNetworks: readonly string[];
  evidenceFolder: string;
  ring: PacketRingLimits;
  logLevel: string;
}

/** The main thread's word to a camera thread. Numbers called `ticket` come back with the answer. */
export type ToCameraThread =
  | {
      type: 'set-camera';
      camera: Camera;
      credentials: CameraCredentials | undefined;
      wish?: PictureWish | undefined;
    }
  | { type: 'remove-camera'; cameraId: string; ticket: number }
  | { type: 'keep-awake'; cameraId: string; holdMs: number; fps: number }
  | { type: 'saw-nothing'; cameraId: string }
  | { type: 'degrade'; cameraId: string; to: Degradation | undefined }
  | { type: 'evidence'; request: EvidenceRequest }
  | { type: 'explain'; cameraId: string; ticket: number }
  | { type: 'take-picture'; cameraId: string; ticket: number }
  | { type: 'want-live'; cameraId: string; isWanted: boolean }
  | { type: 'answer'; ticket: number; isYes: boolean }
  | { type: 'close' };

/** A camera thread's questions to the main thread, which alone sees all cameras of a site and owns the evidence. */
export type ThreadQuestion = { what: 'connect'; installation: string } | { what: 'room'; sizeBytes: number };

/** A camera thread's word to the main thread. */
export type FromCameraThread =
  | { type: 'ready' }
  | { type: 'frame'; frame: FrameRef }
  | { type: 'repeat'; frame: FrameFacts }
  | { type: 'picture'; facts: PictureFacts }
  | { type: 'statuses'; statuses: readonly CameraStatus[]; faults: CameraFaults }
  | { type: 'load'; load: LoopLoad }
  | { type: 'evidence'; outcome: EvidenceOutcome }
  | { type: 'explained'; ticket: number; record: CameraRecord | undefined }
  | { type: 'picture-taken'; ticket: number; answer: PictureAnswer }
  | { type: 'live'; cameraId: string; chunk: LiveChunk }
  | { type: 'ask'; ticket: number; question: ThreadQuestion }
  | { type: 'ask-no-more'; ticket: number }
  | { type: 'camera-removed'; ticket: number }
  | { type: 'closed' };
