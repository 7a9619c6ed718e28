import { toAppError } from '../../core/errors.ts';
import type { Logger } from '../../core/log.ts';
import type { Clock } from '../../core/runtime/clock.ts';
import type { Camera } from '../../core/schema/camera.ts';
import type { CameraStatus, Degradation } from '../../core/schema/health.ts';
import type { EvidenceRequest } from '../../core/stages.ts';
import type { VideoDecoder } from '../decode/video-decoder.ts';
import { causeOf } from '../errors.ts';
import { FramePicker } from '../gate/frame-picker.ts';
import { LumaGate } from '../gate/luma-gate.ts';
import { TierPolicy, type TierTimes } from '../gate/tier-policy.ts';
import { PacketRing, type PacketRingLimits } from '../ring/packet-ring.ts';
import { diagnosisOf } from '../rtsp/diagnose.ts';
import { CaptureClock } from '../times/capture-clock.ts';
import { GopMeter } from '../times/gop-meter.ts';
import { StreamTimes } from '../times/stream-times.ts';
import { CameraStateBoard } from './camera-state.ts';
import { toCameraStatus } from './camera-status.ts';
import { CameraTally } from './camera-tally.ts';
import type { FrameHandover } from './frame-handover.ts';
import type { PacketStream } from './packet-stream.ts';
import { PicturePath } from './picture-path.ts';
import { reconnectDelayMs } from './reconnect-backoff.ts';
import { Session, type SessionEnd } from './session.ts';
import type { WatchdogLimits } from './watchdog.ts';

/** What a camera's runner wants of the evidence recorder. */
export interface RunnerRecorder {
  request(request: EvidenceRequest): void;
  onPacket(ptsUs: number): void;
  poll(): void;
  close(): Promise<void>;
}

export interface CameraRunnerDeps<P extends { free(): void }, S extends PacketStream<P>> {
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
  open: (signal: AbortSignal) => Promise<S | undefined>;
  createDecoder: (stream: S) => VideoDecoder<P>;
  createRecorder: (ring: PacketRing<P>, stream: () => S | undefined) => RunnerRecorder;
  /** The state has changed: a loss may be over before the next second's status. */
  onStateChange: () => void;
}

/** A session that lasted this long was healthy: the next delay starts from the beginning. */
const healthyAfterMs = 30_000;
/** A camera that waits longer than this for its turn is told so. */
const budgetPatienceMs = 1_000;

/** One camera for as long as it is configured: opens it, opens it again when it is lost, and knows how it is. */
export class CameraRunner<P extends { free(): void }, S extends PacketStream<P>> {
  readonly #deps: CameraRunnerDeps<P, S>;
  readonly #ring: PacketRing<P>;
  readonly #recorder: RunnerRecorder;
  readonly #policy: TierPolicy;
  readonly #tally = new CameraTally();
  readonly #times: StreamTimes;
  readonly #gop = new GopMeter();
  readonly #state: CameraStateBoard;
  readonly #abort = new AbortController();
  readonly #done: Promise<void>;
  #captureClock = new CaptureClock();
  #camera: Camera;
  #stream: S | undefined;
  #session: Session<P> | undefined;
  #path: PicturePath<P> | undefined;
  /** Of the packets in the ring. */
  #signature: string | undefined;
  #sessionNumber = 0;

  constructor(camera: Camera, deps: CameraRunnerDeps<P, S>) {
    this.#camera = camera;
    this.#deps = deps;
    this.#ring = new PacketRing<P>(deps.ringLimits);
    this.#policy = new TierPolicy(deps.awakeFps, deps.tierTimes);
    this.#times = new StreamTimes(deps.clock.now() * 1000);
    this.#state = new CameraStateBoard(deps.clock.now());
    this.#recorder = deps.createRecorder(this.#ring, () => this.#stream);
    this.#done = this.#run();
  }

  /** Packets and pictures that could not be decoded well, over all sessions. */
  get decodeErrors(): number {
    return this.#tally.decodeErrors;
  }

  /** Takes over what does not concern the stream: names, zones, place. */
  describe(camera: Camera): void {
    this.#camera = camera;
  }

  keepAwake(holdMs: number, fps: number): void {
    this.#policy.keepAwake(this.#deps.clock.monotonic(), holdMs, fps);
  }

  degrade(to: Degradation | undefined): void {
    this.#policy.degrade(this.#deps.clock.monotonic(), to);
  }

  requestEvidence(request: EvidenceRequest): void {
    this.#recorder.request(request);
  }

  /** To be called every second. */
  tick(): void {
    this.#session?.check();
    this.#recorder.poll();
    if (this.#path?.lastGoodAt !== undefined) this.#note(this.#state.live(this.#deps.clock.now()));
  }

  /** Resolves when the connection is closed, evidence under way is written and all packets are freed. */
  async close(): Promise<void> {
    this.#abort.abort();
    await this.#done;
    await this.#recorder.close();
    this.#ring.clear();
  }

  async #run(): Promise<void> {
    const { clock, random } = this.#deps;
    const { signal } = this.#abort;
    let failures = 0;
    while (!signal.aborted) {
      const startedAt = clock.monotonic();
      const end = await this.#attempt(signal).catch((error: unknown) => toAppError(error));
      if (signal.aborted) return;
      const isHealthy = clock.monotonic() - startedAt >= healthyAfterMs;
      if (end === 'changed' && isHealthy) continue;
      failures = isHealthy ? 1 : failures + 1;
      const cause = end instanceof Error ? causeOf(end) : undefined;
      if (end instanceof Error) this.#lose(end);
      await clock.sleep(reconnectDelayMs(failures, cause, random), signal);
    }
  }

  async #attempt(signal: AbortSignal): Promise<SessionEnd> {
    const { clock, open } = this.#deps;
    await this.#takeTurn(signal);
    if (signal.aborted) return 'aborted';
    this.#note(this.#state.connecting(clock.now()));
    const stream = await open(signal);
    if (!stream) return 'aborted';
    try {
      return await this.#watch(stream, signal);
    } finally {
      this.#stream = undefined;
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

  async #watch(stream: S, signal: AbortSignal): Promise<SessionEnd> {
    const { clock, createDecoder, limits } = this.#deps;
    this.#adopt(stream);
    const decoder = createDecoder(stream);
    try {
      this.#captureClock = new CaptureClock();
      const parts = { clock, tally: this.#tally, captureClock: this.#captureClock, gop: this.#gop };
      this.#path = this.#createPath(decoder, parts);
      this.#session = new Session<P>({
        ...parts,
        stream,
        path: this.#path,
        times: this.#times,
        limits,
        onPacket: (ptsUs) => this.#recorder.onPacket(ptsUs),
      });
      const end = await this.#session.run(signal);
      if (end === 'changed') this.#signature = undefined;
      return end;
    } finally {
      this.#session = undefined;
      this.#path = undefined;
      decoder.close();
    }
  }

  #createPath(
    decoder: VideoDecoder<P>,
    parts: { clock: Clock; tally: CameraTally; captureClock: CaptureClock; gop: GopMeter },
  ): PicturePath<P> {
    return new PicturePath<P>({
      ...parts,
      decoder,
      ring: this.#ring,
      policy: this.#policy,
      session: this.#sessionNumber,
      gate: new LumaGate(),
      picker: new FramePicker(this.#policy),
      handover: this.#deps.handover,
    });
  }

  /** Packets of before stay when what comes now can follow them. */
  #adopt(stream: S): void {
    const { clock, log } = this.#deps;
    if (stream.signature !== this.#signature) this.#ring.clear();
    this.#signature = stream.signature;
    this.#stream = stream;
    this.#tally.connects++;
    // By the clock, so that it grows over restarts of the thread as well.
    this.#sessionNumber = Math.max(this.#sessionNumber + 1, Math.floor(clock.now() / 1000));
    this.#policy.opened(clock.monotonic());
    const { codec, width, height } = stream;
    log.info({ codec, width, height, connects: this.#tally.connects }, 'camera opened');
  }

  #lose(error: ReturnType<typeof toAppError>): void {
    const { clock, log } = this.#deps;
    const cause = causeOf(error);
    if (!this.#state.lost(clock.now(), { cause, message: error.message })) return;
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
      stream: this.#stream,
      tally: this.#tally,
      captureClock: this.#captureClock,
      gopSeconds: this.#gop.seconds,
      ring: this.#ring,
    });
  }
}
