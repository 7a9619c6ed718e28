import { parseDuration } from '../../core/config/quantity.ts';
import type { FrameSlots } from '../../core/frame-slots.ts';
import type { Logger } from '../../core/log.ts';
import type { Clock } from '../../core/runtime/clock.ts';
import type { Camera } from '../../core/schema/camera.ts';
import type { CameraCredentials } from '../../core/stages.ts';
import type { Decoders } from '../decode/video-decoder.ts';
import type { EvidenceBudget } from '../evidence/budget.ts';
import { createEvidenceRecorder } from '../evidence/recorder.ts';
import { defaultTierTimes } from '../gate/tier-policy.ts';
import type { AddressGuard } from '../rtsp/address-guard.ts';
import type { ReadingTurns } from '../rtsp/client/reading-turns.ts';
import type { ReaderSeats } from '../rtsp/ffmpeg/reader-seats.ts';
import { openRtsp } from '../rtsp/open-rtsp.ts';
import { CameraRunner } from '../session/camera-runner.ts';
import { FrameHandover } from '../session/frame-handover.ts';
import type { CameraThreadData, FromCameraThread } from './messages.ts';
import type { Questions } from './questions.ts';

/** What the cameras of a thread share. */
export interface ThreadParts {
  data: CameraThreadData;
  clock: Clock;
  log: Logger;
  slots: FrameSlots;
  decoders: Decoders;
  guard: AddressGuard;
  turns: ReadingTurns;
  seats: ReaderSeats;
  questions: Questions;
  budget: EvidenceBudget;
  post: (message: FromCameraThread) => void;
}

const defaultWatchdogMs = 10_000;
/** Within ten seconds a screen says that a camera is silent: this, the status's second, and the console's asking. */
const silentMs = 5_000;
/** FFmpeg's own timeout only ends what the watchdog could not. */
const socketGraceMs = 5_000;
const frameMs = 10_000;
const firstFrameMs = 30_000;
const minOpenMs = 15_000;
const townshipDigits = 9;

/** Starts watching one camera with the real engines. */
export const startCamera = (
  camera: Camera,
  credentials: CameraCredentials | undefined,
  { data, clock, slots, decoders, guard, turns, seats, questions, budget, post, ...parts }: ThreadParts,
  onStateChange: () => void,
): CameraRunner => {
  const log = parts.log.child({ cameraId: camera.id });
  const watchdogMs = camera.stream.watchdog ? parseDuration(camera.stream.watchdog) : defaultWatchdogMs;
  const installation = camera.installation ?? camera.place.slice(0, townshipDigits);
  const openOptions = {
    url: camera.stream.url,
    transport: camera.stream.transport ?? 'tcp',
    credentials,
    guard,
    clock,
    turns,
    seats,
    socketTimeoutMs: watchdogMs + socketGraceMs,
    openTimeoutMs: Math.max(minOpenMs, watchdogMs),
  };
  return new CameraRunner(camera, {
    workerId: data.workerId,
    clock,
    log,
    ringLimits: data.ring,
    limits: {
      silentMs: Math.min(silentMs, watchdogMs),
      packetMs: watchdogMs,
      frameMs: Math.max(frameMs, watchdogMs),
      firstFrameMs,
    },
    tierTimes: defaultTierTimes,
    awakeFps: data.awakeFps,
    handover: new FrameHandover({
      cameraId: camera.id,
      clock,
      slots,
      pool: data.pool,
      onFrame: (frame) => post({ type: 'frame', frame }),
      onRepeat: (frame) => post({ type: 'repeat', frame }),
    }),
    random: Math.random,
    mayConnect: async (signal) => {
      await questions.ask({ what: 'connect', installation }, signal);
    },
    open: (signal, reader) => openRtsp({ ...openOptions, signal }, reader),
    decoders,
    createRecorder: (ring) =>
      createEvidenceRecorder({
        ring,
        folder: data.evidenceFolder,
        clock,
        log,
        budget,
        makeRoom: (sizeBytes) => questions.ask({ what: 'room', sizeBytes }),
        onOutcome: (outcome) => post({ type: 'evidence', outcome }),
      }),
    onPicture: (facts) => post({ type: 'picture', facts }),
    onLive: (chunk) => post({ type: 'live', cameraId: camera.id, chunk }),
    onStateChange,
  });
};
