import type { FrameFacts, FrameRef } from '../../core/frame-slots.ts';
import type { Logger } from '../../core/log.ts';
import type { Clock } from '../../core/runtime/clock.ts';
import type { LoopLoad } from '../../core/runtime/loop-load.ts';
import type { Camera } from '../../core/schema/camera.ts';
import type { CameraStatus, Degradation } from '../../core/schema/health.ts';
import type {
  CameraCredentials,
  CameraRecord,
  EvidenceOutcome,
  EvidenceRequest,
  LiveChunk,
  LivePicture,
  PictureFacts,
  PictureWish,
} from '../../core/stages.ts';
import { OpenPictures } from '../live/open-pictures.ts';
import type { CameraFaults } from '../session/camera-faults.ts';
import type { CameraThreadData, FromCameraThread, ThreadQuestion, ToCameraThread } from './messages.ts';
import { OpenEvidence } from './open-evidence.ts';
import { OpenExplanations } from './open-explanations.ts';

/** The thread that messages go to; down while it is being restarted. */
export interface ThreadPort {
  readonly isUp: boolean;
  post(message: ToCameraThread): void;
  close(): Promise<void>;
}

export interface ThreadPortEvents {
  onUp: () => void;
  onLost: () => void;
  onMessage: (message: FromCameraThread) => void;
}

export interface ThreadClientDeps {
  data: CameraThreadData;
  clock: Clock;
  log: Logger;
  connect: (events: ThreadPortEvents) => ThreadPort;
  onFrame: (frame: FrameRef) => void;
  onRepeat: (frame: FrameFacts) => void;
  onPicture: (facts: PictureFacts) => void;
  onEvidence: (outcome: EvidenceOutcome) => void;
  onLive: (cameraId: string, chunk: LiveChunk) => void;
  onStatuses: (statuses: readonly CameraStatus[], faults: CameraFaults) => void;
  /** With the cameras that it had. */
  onLost: (cameraIds: readonly string[]) => void;
  /** Answers when it can; the signal aborts when nobody wants the answer any more. */
  answer: (question: ThreadQuestion, signal: AbortSignal) => Promise<boolean>;
}

interface Held {
  camera: Camera;
  credentials: CameraCredentials | undefined;
  wish: PictureWish | undefined;
  status: CameraStatus | undefined;
  /** Since when there is no status. */
  unheardAt: number;
}

/** Removing waits for the socket and for clips that are being written. */
const removeTimeoutMs = 15_000;

/** The main thread's side of one camera thread: knows its cameras and tells them again to a thread that came back. */
export class ThreadClient {
  readonly #deps: ThreadClientDeps;
  readonly #port: ThreadPort;
  readonly #cameras = new Map<string, Held>();
  readonly #evidence: OpenEvidence;
  readonly #explanations: OpenExplanations;
  readonly #pictures: OpenPictures;
  readonly #removals = new Map<number, () => void>();
  readonly #questions = new Map<number, AbortController>();
  #tickets = 0;
  #isClosing = false;
  #load: LoopLoad | undefined;
  #firstUp: (() => void) | undefined;
  /** Resolves when the thread takes cameras for the first time. */
  readonly ready: Promise<void>;

  constructor(deps: ThreadClientDeps) {
    this.#deps = deps;
    this.#evidence = new OpenEvidence(deps.onEvidence);
    this.#explanations = new OpenExplanations(deps.clock);
    this.#pictures = new OpenPictures(deps.clock);
    this.ready = new Promise((resolve) => {
      this.#firstUp = resolve;
    });
    this.#port = deps.connect({
      onUp: () => this.#tellAll(),
      onLost: () => this.#lose(),
      onMessage: (message) => this.#take(message),
    });
  }

  /** How busy the thread was in the last second; undefined while it is down. */
  get load(): LoopLoad | undefined {
    return this.#load;
  }

  get cameraCount(): number {
    return this.#cameras.size;
  }

  set(camera: Camera, credentials: CameraCredentials | undefined, wish?: PictureWish): void {
    const before = this.#cameras.get(camera.id);
    const unheardAt = before?.unheardAt ?? this.#deps.clock.now();
    this.#cameras.set(camera.id, { camera, credentials, wish, status: before?.status, unheardAt });
    this.#port.post({ type: 'set-camera', camera, credentials, wish });
  }

  /** Resolves when the camera is closed, or its thread is gone. */
  async remove(cameraId: string): Promise<void> {
    if (!this.#cameras.delete(cameraId) || !this.#port.isUp) return;
    const { clock, log } = this.#deps;
    const ticket = ++this.#tickets;
    const over = new AbortController();
    const removed = new Promise<void>((resolve) => this.#removals.set(ticket, resolve));
    this.#port.post({ type: 'remove-camera', cameraId, ticket });
    await Promise.race([
      removed,
      clock.sleep(removeTimeoutMs, over.signal).then(() => {
        if (!over.signal.aborted) log.warn({ cameraId }, 'camera takes long to close');
      }),
    ]);
    over.abort();
    this.#removals.delete(ticket);
  }

  keepAwake(cameraId: string, holdMs: number, fps: number): void {
    this.#port.post({ type: 'keep-awake', cameraId, holdMs, fps });
  }

  sawNothing(cameraId: string): void {
    this.#port.post({ type: 'saw-nothing', cameraId });
  }

  degrade(cameraId: string, to: Degradation | undefined): void {
    this.#port.post({ type: 'degrade', cameraId, to });
  }

  requestEvidence(request: EvidenceRequest): void {
    this.#evidence.asked(request);
    if (this.#port.isUp) this.#port.post({ type: 'evidence', request });
    else this.#evidence.lost("the camera's thread is being restarted");
  }

  /** What the thread remembers of a camera; nothing when it does not answer in time. */
  async explain(cameraId: string): Promise<CameraRecord | undefined> {
    if (!this.#cameras.has(cameraId) || !this.#port.isUp) return undefined;
    return this.#explanations.ask((ticket) => this.#port.post({ type: 'explain', cameraId, ticket }));
  }

  /** Throws `camera-dark`, `picture-failed` or `picture-busy`. */
  takePicture(cameraId: string): Promise<LivePicture> {
    return this.#pictures.ask((ticket) => this.#port.post({ type: 'take-picture', cameraId, ticket }));
  }

  wantLive(cameraId: string, isWanted: boolean): void {
    this.#port.post({ type: 'want-live', cameraId, isWanted });
  }

  statuses(): CameraStatus[] {
    return [...this.#cameras.values()].map((held) =>
      held.status ? { ...held.status, place: held.camera.place } : this.#toUnheard(held),
    );
  }

  async close(): Promise<void> {
    this.#isClosing = true;
    await this.#port.close();
    this.#settleAll('the worker is closing');
  }

  #tellAll(): void {
    this.#firstUp?.();
    for (const { camera, credentials, wish } of this.#cameras.values()) {
      this.#port.post({ type: 'set-camera', camera, credentials, wish });
    }
  }

  #lose(): void {
    this.#load = undefined;
    for (const held of this.#cameras.values()) {
      held.status = undefined;
      held.unheardAt = this.#deps.clock.now();
    }
    this.#settleAll("the camera's thread was lost");
    this.#deps.onLost([...this.#cameras.keys()]);
  }

  #settleAll(reason: string): void {
    this.#evidence.lost(reason);
    this.#explanations.lost();
    this.#pictures.lost();
    for (const removed of this.#removals.values()) removed();
    for (const question of this.#questions.values()) question.abort();
    this.#questions.clear();
  }

  #take(message: FromCameraThread): void {
    switch (message.type) {
      case 'frame':
        this.#deps.onFrame(message.frame);
        break;
      case 'repeat':
        this.#deps.onRepeat(message.frame);
        break;
      case 'picture':
        // One that was on its way when its camera was taken from here.
        if (this.#cameras.has(message.facts.cameraId)) this.#deps.onPicture(message.facts);
        break;
      case 'statuses':
        this.#takeStatuses(message.statuses, message.faults);
        break;
      case 'load':
        this.#load = message.load;
        break;
      case 'evidence':
        this.#evidence.came(message.outcome);
        break;
      case 'explained':
        this.#explanations.came(message.ticket, message.record);
        break;
      case 'picture-taken':
        this.#pictures.came(message.ticket, message.answer);
        break;
      case 'live':
        this.#deps.onLive(message.cameraId, message.chunk);
        break;
      case 'ask':
        void this.#answer(message.ticket, message.question);
        break;
      case 'ask-no-more':
        this.#questions.get(message.ticket)?.abort();
        break;
      case 'camera-removed':
        this.#removals.get(message.ticket)?.();
        break;
      case 'ready':
      case 'closed':
        break;
    }
  }

  #takeStatuses(statuses: readonly CameraStatus[], faults: CameraFaults): void {
    for (const status of statuses) {
      const held = this.#cameras.get(status.cameraId);
      if (held) held.status = status;
    }
    this.#deps.onStatuses(statuses, faults);
  }

  async #answer(ticket: number, question: ThreadQuestion): Promise<void> {
    const life = new AbortController();
    this.#questions.set(ticket, life);
    const isYes = await this.#deps.answer(question, life.signal).catch(() => false);
    if (this.#questions.get(ticket) !== life) return;
    this.#questions.delete(ticket);
    if (!life.signal.aborted && !this.#isClosing) this.#port.post({ type: 'answer', ticket, isYes });
  }

  #toUnheard({ camera, unheardAt }: Held): CameraStatus {
    return {
      cameraId: camera.id,
      place: camera.place,
      workerId: this.#deps.data.workerId,
      at: Math.round(this.#deps.clock.now()),
      state: 'waiting',
      since: Math.round(unheardAt),
      ...(this.#port.isUp ? {} : { message: 'its thread is being started' }),
      tier: 'dormant',
      streamFps: 0,
      detectFps: 0,
      bitrateKbps: 0,
      clockQuality: 'arrival',
      connects: 0,
      costCores: 0,
      ringBytes: 0,
      ringSeconds: 0,
      dropped: { quiet: 0, behind: 0, shed: 0, 'detector-busy': 0 },
    };
  }
}
