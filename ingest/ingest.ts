import { FrameSlots } from '../core/frame-slots.ts';
import { runEvery } from '../core/runtime/clock.ts';
import type { LoopLoad } from '../core/runtime/loop-load.ts';
import type { Camera } from '../core/schema/camera.ts';
import type { CameraStatus, Degradation } from '../core/schema/health.ts';
import { mediums } from '../core/schema/mediums.ts';
import type {
  CameraCredentials,
  CameraRecord,
  EvidenceRequest,
  FramePools,
  Ingest,
  LivePicture,
  LiveViewer,
  PictureWish,
} from '../core/stages.ts';
import { ConnectBudget } from './connect-budget.ts';
import { IngestMetrics } from './ingest-metrics.ts';
import { LiveDesk } from './live/live-desk.ts';
import type { OpenIngestOptions } from './open-ingest.ts';
import type { ThreadQuestion } from './thread/messages.ts';
import { ThreadClient } from './thread/thread-client.ts';
import { ThreadLine } from './thread/thread-line.ts';

const gaugesEveryMs = 1_000;
/** A township of a hundred cameras behind one switch is back within half a minute. */
const defaultConnects = { burst: 8, perSecond: 4 };

/** The main thread's side of the stage: spreads cameras over threads and keeps what they say. */
export class CameraIngest implements Ingest {
  readonly pools: FramePools;
  readonly #options: OpenIngestOptions;
  readonly #slots: readonly FrameSlots[];
  /** How many cameras FFmpeg reads on each thread. */
  readonly #ffmpegTaken: SharedArrayBuffer;
  readonly #threads: readonly ThreadClient[];
  readonly #threadOf = new Map<string, ThreadClient>();
  readonly #budget: ConnectBudget;
  readonly #desk: LiveDesk;
  readonly #metrics: IngestMetrics;
  readonly #abort = new AbortController();
  readonly #ticking: Promise<void>;
  #closing: Promise<void> | undefined;

  constructor(options: OpenIngestOptions) {
    const { spec, slotsPerPool, threads, clock } = options;
    this.#options = options;
    this.#metrics = new IngestMetrics(options.metrics);
    this.#budget = new ConnectBudget({ clock, ...(options.connects ?? defaultConnects) });
    this.#slots = Array.from({ length: threads }, () => FrameSlots.create(slotsPerPool, spec));
    this.#ffmpegTaken = new SharedArrayBuffer(threads * Int32Array.BYTES_PER_ELEMENT);
    this.pools = { spec, slotsPerPool, buffers: this.#slots.map((pool) => pool.buffer) };
    this.#threads = this.#slots.map((pool, index) => this.#openThread(pool, index));
    this.#desk = new LiveDesk({
      ...{ clock, metrics: options.metrics },
      status: (cameraId) => this.statuses().find((status) => status.cameraId === cameraId),
      threadOf: (cameraId) => this.#threadOf.get(cameraId),
    });
    this.#ticking = runEvery(clock, gaugesEveryMs, this.#abort.signal, () => {
      this.#metrics.gauges(this.statuses(), this.threadLoads());
      this.#desk.tick();
    });
  }

  /** Resolves when all threads take cameras. */
  async ready(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.ready));
  }

  setCamera(camera: Camera, credentials: CameraCredentials | undefined, wish?: PictureWish): void {
    if (this.#abort.signal.aborted) return;
    const thread = this.#threadOf.get(camera.id) ?? this.#emptiest();
    this.#threadOf.set(camera.id, thread);
    thread.set(camera, credentials, wish);
  }

  async removeCamera(cameraId: string): Promise<void> {
    const thread = this.#threadOf.get(cameraId);
    this.#desk.end(cameraId, 'released: another worker may have the camera now; come back');
    this.#threadOf.delete(cameraId);
    this.#metrics.forget(cameraId);
    await thread?.remove(cameraId);
  }

  keepAwake(cameraId: string, holdMs: number, fps: number): void {
    this.#threadOf.get(cameraId)?.keepAwake(cameraId, holdMs, fps);
  }

  sawNothing(cameraId: string): void {
    this.#threadOf.get(cameraId)?.sawNothing(cameraId);
  }

  degrade(cameraId: string, to: Degradation | undefined): void {
    this.#threadOf.get(cameraId)?.degrade(cameraId, to);
  }

  requestEvidence(request: EvidenceRequest): void {
    const { alertId, cameraId } = request;
    const thread = this.#threadOf.get(cameraId);
    if (thread && !this.#abort.signal.aborted) {
      thread.requestEvidence(request);
      return;
    }
    const reason = 'the camera is not watched by this worker';
    for (const medium of mediums) this.#options.events.onEvidence({ alertId, cameraId, medium, reason });
  }

  statuses(): CameraStatus[] {
    return this.#threads.flatMap((thread) => thread.statuses());
  }

  async explain(cameraId: string): Promise<CameraRecord | undefined> {
    return this.#threadOf.get(cameraId)?.explain(cameraId);
  }

  picture(cameraId: string): Promise<LivePicture> {
    return this.#desk.picture(cameraId);
  }

  watchLive(cameraId: string, viewer: LiveViewer): () => void {
    return this.#desk.watch(cameraId, viewer);
  }

  threadLoads(): LoopLoad[] {
    return this.#threads.flatMap((thread) => thread.load ?? []);
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    this.#abort.abort();
    this.#desk.close();
    await Promise.all(this.#threads.map((thread) => thread.close()));
    await this.#ticking;
  }

  #emptiest(): ThreadClient {
    return this.#threads.reduce((least, thread) => (thread.cameraCount < least.cameraCount ? thread : least));
  }

  #openThread(slots: FrameSlots, pool: number): ThreadClient {
    const { clock, log, events, workerId, spec, slotsPerPool, awakeFps, allowedNetworks } = this.#options;
    const { evidenceFolder, ring, ffmpegCameras } = this.#options;
    const data = {
      ...{ workerId, pool, spec, awakeFps, allowedNetworks, evidenceFolder, ring, ffmpegCameras },
      ffmpegTaken: this.#ffmpegTaken,
      slots: slots.buffer,
      slotCount: slotsPerPool,
      logLevel: log.level,
    };
    return new ThreadClient({
      data,
      clock,
      log,
      connect: (portEvents) => new ThreadLine({ data, clock, log, ...portEvents }),
      onFrame: (frame) => {
        this.#metrics.frame(frame.tier);
        // Nobody would free it any more.
        if (this.#abort.signal.aborted) slots.release(frame.slot);
        else events.onFrame(frame);
      },
      onRepeat: (frame) => events.onRepeat(frame),
      onPicture: (facts) => events.onPicture?.(facts),
      onEvidence: (outcome) => events.onEvidence(outcome),
      onStatuses: (statuses, faults) => this.#metrics.statuses(pool, statuses, faults),
      onLive: (cameraId, chunk) => this.#desk.take(cameraId, chunk),
      onLost: (cameraIds) => {
        this.#metrics.threadLost(pool);
        for (const cameraId of cameraIds) this.#desk.end(cameraId, "lost: the camera's thread ended");
      },
      answer: (question, signal) => this.#answer(question, signal),
    });
  }

  async #answer(question: ThreadQuestion, signal: AbortSignal): Promise<boolean> {
    if (question.what === 'room') return (await this.#options.makeRoom?.(question.sizeBytes)) ?? false;
    await this.#budget.acquire(question.installation, signal);
    return !signal.aborted;
  }
}
