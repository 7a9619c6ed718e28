import { type AppError, toAppError } from '../../core/errors.ts';
import type { Logger } from '../../core/log.ts';
import type { Clock } from '../../core/runtime/clock.ts';
import type { Camera } from '../../core/schema/camera.ts';
import type { CameraStatus, Degradation } from '../../core/schema/health.ts';
import type {
  CameraRecord,
  EvidenceRequest,
  LiveChunk,
  LivePicture,
  PictureFacts,
  PictureWish,
} from '../../core/stages.ts';
import type { Decoders } from '../decode/video-decoder.ts';
import { causeOf } from '../errors.ts';
import { FramePicker } from '../gate/frame-picker.ts';
import { LumaGate } from '../gate/luma-gate.ts';
import { TierHistory } from '../gate/tier-history.ts';
import { TierPolicy, type TierTimes } from '../gate/tier-policy.ts';
import { LiveTap } from '../live/live-tap.ts';
import { PictureTaker } from '../live/picture-taker.ts';
import { CodingReader } from '../ring/coding.ts';
import type { EncodedPacket } from '../ring/encoded-packet.ts';
import { PacketRing, type PacketRingLimits } from '../ring/packet-ring.ts';
import { diagnosisOf } from '../rtsp/diagnose.ts';
import { CaptureClock } from '../times/capture-clock.ts';
import { GopMeter } from '../times/gop-meter.ts';
import { StreamTimes } from '../times/stream-times.ts';
import type { CameraFaults } from './camera-faults.ts';
import { CameraStateBoard } from './camera-state.ts';
import { toCameraStatus } from './camera-status.ts';
import { CameraTally } from './camera-tally.ts';
import type { FrameHandover } from './frame-handover.ts';
import type { PacketStream, StreamReader } from './packet-stream.ts';
import { PicturePath } from './picture-path.ts';
import { PictureStudy } from './picture-study.ts';
import { reconnectDelayMs } from './reconnect-backoff.ts';
import { Session } from './session.ts';
import { silent, type WatchdogLimits } from './watchdog.ts';

/** What a camera's runner wants of the evidence recorder. */
export interface RunnerRecorder {
  request(request: EvidenceRequest): void;
  onPacket(packet: EncodedPacket): void;
  poll(): void;
  close(): Promise<void>;
}

export interface CameraRunnerDeps {
  workerId: string;
  clock: Clock;
  log: Logger;
  ringLimits: PacketRingLimits;
  limits: WatchdogLimits;
  tierTimes: TierTimes;
  awakeFps: number;
  handover: FrameHandover;
  random: () => number;
  /** Resolves when this camera may connect now, or when the signal aborts. */
  mayConnect: (signal: AbortSignal) => Promise<void>;
  /** One attempt. Throws why it failed; nothing when the signal aborts. */
  open: (signal: AbortSignal, reader: StreamReader) => Promise<PacketStream | undefined>;
  decoders: Decoders;
  createRecorder: (ring: PacketRing) => RunnerRecorder;
  onPicture: (facts: PictureFacts) => void;
  /** What is shown of the camera while somebody watches. */
  onLive: (chunk: LiveChunk) => void;
  /** The state has changed: a loss may be over before the next second's status. */
  onStateChange: () => void;
}

/** A session that lasted this long was healthy: the next delay starts from the beginning. */
const healthyAfterMs = 30_000;
/** A camera that waits longer than this for its turn is told so. */
const budgetPatienceMs = 1_000;
/** Ticks come every second. */
const lateTickMs = 2_000;

/** One camera for as long as it is configured: opens it, opens it again when it is lost, and knows how it is. */
export class CameraRunner {
  readonly #deps: CameraRunnerDeps;
  readonly #ring: PacketRing;
  readonly #recorder: RunnerRecorder;
  readonly #tap: LiveTap;
  readonly #pictures: PictureTaker;
  readonly #policy: TierPolicy;
  readonly #history: TierHistory;
  readonly #study: PictureStudy;
  readonly #tally = new CameraTally();
  readonly #times: StreamTimes;
  readonly #gop = new GopMeter();
  readonly #codings = new CodingReader();
  readonly #state: CameraStateBoard;
  readonly #abort = new AbortController();
  readonly #done: Promise<void>;
  #captureClock = new CaptureClock();
  #camera: Camera;
  #session: Session | undefined;
  #path: PicturePath | undefined;
  #sessionNumber = 0;
  #reader: StreamReader = 'plain';
  #tickedAt = 0;

  constructor(camera: Camera, deps: CameraRunnerDeps) {
    this.#camera = camera;
    this.#deps = deps;
    this.#ring = new PacketRing(deps.ringLimits);
    this.#tap = new LiveTap(this.#ring, deps.onLive);
    this.#pictures = new PictureTaker({ ring: this.#ring, clock: deps.clock });
    this.#policy = new TierPolicy(deps.awakeFps, deps.tierTimes);
    this.#history = new TierHistory(deps.clock, deps.tierTimes);
    this.#study = new PictureStudy({ cameraId: camera.id, clock: deps.clock, onFacts: deps.onPicture });
    this.#times = new StreamTimes(deps.clock.now() * 1000);
    this.#state = new CameraStateBoard(deps.clock.now());
    this.#recorder = deps.createRecorder(this.#ring);
    this.#done = this.#run();
  }

  /** What of the stream could not be used, over all sessions. */
  get faults(): CameraFaults {
    return this.#tally.faults;
  }

  /** Takes over what does not concern the stream: names, zones, place, and what is wanted of its pictures. */
  describe(camera: Camera, wish: PictureWish | undefined): void {
    this.#camera = camera;
    this.#study.want(wish);
  }

  keepAwake(holdMs: number, fps: number): void {
    this.#policy.keepAwake(this.#deps.clock.monotonic(), holdMs, fps);
    this.#history.keepAwake(holdMs);
    this.#session?.readOn();
  }

  sawNothing(): void {
    this.#path?.sawNothing();
  }

  degrade(to: Degradation | undefined): void {
    this.#policy.degrade(this.#deps.clock.monotonic(), to);
  }

  requestEvidence(request: EvidenceRequest): void {
    this.#recorder.request(request);
  }

  /** The latest picture. Throws `camera-dark` or `picture-failed`. */
  takePicture(): Promise<LivePicture> {
    return this.#pictures.take();
  }

  wantLive(isWanted: boolean): void {
    this.#tap.want(isWanted);
    if (isWanted) this.#session?.readOn();
  }

  /** To be called every second. */
  tick(): void {
    this.#session?.check();
    this.#recorder.poll();
    if (this.#path?.lastGoodAt !== undefined) this.#noteLife();
    this.#history.tick({
      tier: this.#policy.tier(this.#deps.clock.monotonic()),
      isLive: this.#state.now.state === 'live',
      isLongGop: !this.#policy.isKeyframesEnough(this.#gop.seconds),
      totals: this.#tally,
    });
  }

  /** What is remembered of the last minutes. */
  record(): CameraRecord {
    return this.#history.record();
  }

  /** Resolves when the connection is closed and evidence under way is written. */
  async close(): Promise<void> {
    this.#abort.abort();
    await this.#done;
    await this.#recorder.close();
    this.#ring.clear();
  }

  /**
   * A short pause is nothing; after a longer one it is said to be lost before its connection is given up. After a tick that
   * came late what waits is read first: it is this thread that was held up, not the camera.
   */
  #noteLife(): void {
    const { clock, limits } = this.#deps;
    const isLate = clock.monotonic() - this.#tickedAt > lateTickMs;
    this.#tickedAt = clock.monotonic();
    const silentMs = isLate ? 0 : (this.#session?.silentMs ?? 0);
    if (silentMs < limits.silentMs) this.#note(this.#state.live(clock.now()));
    else this.#lose(silent(silentMs), clock.now() - silentMs);
  }

  async #run(): Promise<void> {
    const { clock, random } = this.#deps;
    const { signal } = this.#abort;
    let failures = 0;
    while (!signal.aborted) {
      const startedAt = clock.monotonic();
      const error = await this.#attempt(signal).catch((reason: unknown) => toAppError(reason));
      if (signal.aborted) return;
      if (error && this.#turnsToFfmpeg(error)) continue;
      const isHealthy = clock.monotonic() - startedAt >= healthyAfterMs;
      failures = isHealthy ? 1 : failures + 1;
      if (error) this.#lose(error);
      await clock.sleep(reconnectDelayMs(failures, error && causeOf(error), random), signal);
    }
  }

  async #attempt(signal: AbortSignal): Promise<undefined> {
    const { clock, open } = this.#deps;
    await this.#takeTurn(signal);
    if (signal.aborted) return;
    this.#note(this.#state.connecting(clock.now()));
    const stream = await open(signal, this.#reader);
    if (!stream) return;
    try {
      await this.#watch(stream, signal);
    } finally {
      await stream.close();
    }
  }

  async #takeTurn(signal: AbortSignal): Promise<void> {
    const { clock, mayConnect } = this.#deps;
    const turn = new AbortController();
    void clock.sleep(budgetPatienceMs, AbortSignal.any([signal, turn.signal])).then(() => {
      if (turn.signal.aborted || signal.aborted) return;
      this.#note(this.#state.waiting(clock.now(), diagnosisOf('over-budget')));
    });
    await mayConnect(signal);
    turn.abort();
  }

  async #watch(stream: PacketStream, signal: AbortSignal): Promise<void> {
    const { clock, limits } = this.#deps;
    this.#adopt(stream);
    this.#captureClock = new CaptureClock();
    const path = this.#createPath();
    this.#path = path;
    this.#session = new Session({
      clock,
      stream,
      path,
      codings: this.#codings,
      times: this.#times,
      captureClock: this.#captureClock,
      gop: this.#gop,
      tally: this.#tally,
      limits,
      mayRest: () => path.isAsleep && !this.#tap.isWanted,
      onPacket: (packet) => {
        this.#recorder.onPacket(packet);
        this.#tap.onPacket(packet);
      },
    });
    try {
      await this.#session.run(signal);
    } finally {
      this.#session = undefined;
      this.#path = undefined;
      path.close();
    }
  }

  #createPath(): PicturePath {
    const { clock, decoders, handover, random } = this.#deps;
    return new PicturePath({
      clock,
      decoders,
      ring: this.#ring,
      policy: this.#policy,
      history: this.#history,
      session: this.#sessionNumber,
      gate: new LumaGate(),
      study: this.#study,
      picker: new FramePicker(this.#policy),
      handover,
      tally: this.#tally,
      captureClock: this.#captureClock,
      gop: this.#gop,
      random,
    });
  }

  #adopt({ codec }: PacketStream): void {
    const { clock, log } = this.#deps;
    this.#tally.connects++;
    // By the clock, so that it grows over restarts of the thread as well.
    this.#sessionNumber = Math.max(this.#sessionNumber + 1, Math.floor(clock.now() / 1000));
    this.#policy.opened(clock.monotonic());
    this.#history.opened();
    log.info({ codec, connects: this.#tally.connects }, 'camera opened');
  }

  /** For good: what a camera does once it does again. */
  #turnsToFfmpeg(error: AppError): boolean {
    if (error.code !== 'stream-unusual' || this.#reader === 'ffmpeg') return false;
    this.#reader = 'ffmpeg';
    this.#deps.log.info({ err: error }, 'the camera is read by FFmpeg from here on');
    return true;
  }

  #lose(error: AppError, at = this.#deps.clock.now()): void {
    const { log } = this.#deps;
    const cause = causeOf(error);
    if (!this.#state.lost(at, { cause, message: error.message })) return;
    log.warn({ cause, err: error }, 'camera lost');
    this.#deps.onStateChange();
  }

  #note(hasChanged: boolean): void {
    if (!hasChanged) return;
    this.#deps.log.info({ state: this.#state.now.state }, 'camera state changed');
    this.#deps.onStateChange();
  }

  status(): CameraStatus {
    return toCameraStatus({
      workerId: this.#deps.workerId,
      camera: this.#camera,
      clock: this.#deps.clock,
      state: this.#state.now,
      tier: this.#policy.tier(this.#deps.clock.monotonic()),
      fault: this.#study.fault,
      tally: this.#tally,
      captureClock: this.#captureClock,
      gopSeconds: this.#gop.seconds,
      ring: this.#ring,
    });
  }
}
