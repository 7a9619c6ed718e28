import { isDeepStrictEqual } from 'node:util';
import type { Logger } from '../../core/log.ts';
import { type Clock, runEvery } from '../../core/runtime/clock.ts';
import type { LoopLoad } from '../../core/runtime/loop-load.ts';
import type { Camera } from '../../core/schema/camera.ts';
import type { CameraStatus, Degradation } from '../../core/schema/health.ts';
import { mediums } from '../../core/schema/mediums.ts';
import type {
  CameraCredentials,
  CameraRecord,
  EvidenceRequest,
  LivePicture,
  PictureWish,
} from '../../core/stages.ts';
import { liveError } from '../live/errors.ts';
import { toPictureAnswer } from '../live/open-pictures.ts';
import { addFaults, type CameraFaults, noFaults } from '../session/camera-faults.ts';
import type { FromCameraThread, ToCameraThread } from './messages.ts';

/** A camera that is being watched, as the host sees it. */
export interface HostedCamera {
  readonly faults: CameraFaults;
  /** Takes over what does not concern the stream. */
  describe(camera: Camera, wish: PictureWish | undefined): void;
  keepAwake(holdMs: number, fps: number): void;
  sawNothing(): void;
  degrade(to: Degradation | undefined): void;
  requestEvidence(request: EvidenceRequest): void;
  takePicture(): Promise<LivePicture>;
  wantLive(isWanted: boolean): void;
  tick(): void;
  status(): CameraStatus;
  record(): CameraRecord;
  close(): Promise<void>;
}

export interface CameraHostDeps {
  clock: Clock;
  log: Logger;
  post: (message: FromCameraThread) => void;
  start: (
    camera: Camera,
    credentials: CameraCredentials | undefined,
    onStateChange: () => void,
  ) => HostedCamera;
  /** How busy this thread was since the last time. */
  takeLoad: () => LoopLoad;
  onAnswer: (ticket: number, isYes: boolean) => void;
}

interface Entry {
  camera: Camera;
  credentials: CameraCredentials | undefined;
  wish?: PictureWish | undefined;
  isShown?: boolean | undefined;
  running: HostedCamera | undefined;
  /** Ends when what was asked for before is done: a camera is closed before it is opened anew. */
  queue: Promise<void>;
}

const tickMs = 1_000;

const isSameStream = (one: Entry, camera: Camera, credentials: CameraCredentials | undefined): boolean =>
  isDeepStrictEqual(
    [one.camera.stream, one.camera.installation, one.credentials],
    [camera.stream, camera.installation, credentials],
  );

/** All cameras of one thread. */
export class CameraHost {
  readonly #deps: CameraHostDeps;
  readonly #cameras = new Map<string, Entry>();
  readonly #abort = new AbortController();
  readonly #ticking: Promise<void>;
  #endedFaults = noFaults;

  constructor(deps: CameraHostDeps) {
    this.#deps = deps;
    this.#ticking = runEvery(deps.clock, tickMs, this.#abort.signal, () => this.#tick());
  }

  take(message: ToCameraThread): void {
    switch (message.type) {
      case 'set-camera':
        this.#set(message);
        break;
      case 'remove-camera':
        void this.#remove(message.cameraId).then(() =>
          this.#deps.post({ type: 'camera-removed', ticket: message.ticket }),
        );
        break;
      case 'keep-awake':
        this.#cameras.get(message.cameraId)?.running?.keepAwake(message.holdMs, message.fps);
        break;
      case 'saw-nothing':
        this.#cameras.get(message.cameraId)?.running?.sawNothing();
        break;
      case 'degrade':
        this.#cameras.get(message.cameraId)?.running?.degrade(message.to);
        break;
      case 'evidence':
        this.#request(message.request);
        break;
      case 'explain': {
        const record = this.#cameras.get(message.cameraId)?.running?.record();
        this.#deps.post({ type: 'explained', ticket: message.ticket, record });
        break;
      }
      case 'take-picture':
        void this.#takePicture(message.cameraId, message.ticket);
        break;
      case 'want-live':
        this.#show(message.cameraId, message.isWanted);
        break;
      case 'answer':
        this.#deps.onAnswer(message.ticket, message.isYes);
        break;
      case 'close':
        void this.close().then(() => this.#deps.post({ type: 'closed' }));
        break;
    }
  }

  async close(): Promise<void> {
    this.#abort.abort();
    await Promise.all([...this.#cameras.keys()].map((cameraId) => this.#remove(cameraId)));
    await this.#ticking;
  }

  #set({ camera, credentials, wish }: Pick<Entry, 'camera' | 'credentials' | 'wish'>): void {
    if (this.#abort.signal.aborted) return;
    const before = this.#cameras.get(camera.id);
    if (before && isSameStream(before, camera, credentials)) {
      before.camera = camera;
      before.wish = wish;
      before.running?.describe(camera, wish);
      return;
    }
    const isShown = before?.isShown;
    const entry: Entry = {
      camera,
      credentials,
      wish,
      isShown,
      running: undefined,
      queue: Promise.resolve(),
    };
    this.#cameras.set(camera.id, entry);
    entry.queue = this.#replace(before, entry);
  }

  async #replace(before: Entry | undefined, entry: Entry): Promise<void> {
    if (before) await this.#end(before);
    // It may have been removed or replaced meanwhile.
    if (this.#cameras.get(entry.camera.id) !== entry) return;
    entry.running = this.#deps.start(entry.camera, entry.credentials, () => this.#tell(entry.running));
    if (entry.wish) entry.running.describe(entry.camera, entry.wish);
    if (entry.isShown) entry.running.wantLive(true);
  }

  async #remove(cameraId: string): Promise<void> {
    const entry = this.#cameras.get(cameraId);
    this.#cameras.delete(cameraId);
    if (entry) await this.#end(entry);
  }

  async #end(entry: Entry): Promise<void> {
    await entry.queue;
    await entry.running?.close();
    if (entry.running) this.#endedFaults = addFaults(this.#endedFaults, entry.running.faults);
    entry.running = undefined;
  }

  #request(request: EvidenceRequest): void {
    const running = this.#cameras.get(request.cameraId)?.running;
    if (running) {
      running.requestEvidence(request);
      return;
    }
    const { alertId, cameraId } = request;
    const reason = 'the camera is not being watched';
    for (const medium of mediums) {
      this.#deps.post({ type: 'evidence', outcome: { alertId, cameraId, medium, reason } });
    }
  }

  async #takePicture(cameraId: string, ticket: number): Promise<void> {
    const running = this.#cameras.get(cameraId)?.running;
    const taking = running?.takePicture() ?? Promise.reject(liveError('camera-dark', 'it is being opened'));
    const answer = await toPictureAnswer(taking);
    this.#deps.post({ type: 'picture-taken', ticket, answer });
  }

  #show(cameraId: string, isWanted: boolean): void {
    const entry = this.#cameras.get(cameraId);
    if (!entry) return;
    entry.isShown = isWanted;
    entry.running?.wantLive(isWanted);
  }

  #tick(): void {
    for (const camera of this.#running) camera.tick();
    this.#tell(...this.#running);
    this.#deps.post({ type: 'load', load: this.#deps.takeLoad() });
  }

  get #running(): HostedCamera[] {
    return [...this.#cameras.values()].flatMap((entry) => entry.running ?? []);
  }

  #tell(...cameras: readonly (HostedCamera | undefined)[]): void {
    this.#deps.post({
      type: 'statuses',
      statuses: cameras.flatMap((camera) => camera?.status() ?? []),
      faults: this.#running.reduce((sum, camera) => addFaults(sum, camera.faults), this.#endedFaults),
    });
  }
}
