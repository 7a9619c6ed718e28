import assert from 'node:assert/strict';
import { type FrameRef, FrameSlots } from '../core/frame-slots.ts';
import { supervise } from '../core/runtime/supervise.ts';
import type { DropReason } from '../core/schema/health.ts';
import type { Detector, DetectorEvents, DetectorLoad, FramePools, StageDeps } from '../core/stages.ts';
import { createDetectorMetrics, type DetectorMetrics } from './detector-metrics.ts';
import { DetectorTally } from './detector-tally.ts';
import { FrameQueue, type WaitingFrame } from './frame-queue.ts';
import type { Looker, OpenLooker } from './looker.ts';

export interface QueuedDetectorOptions extends StageDeps {
  modelId: string;
  threads: number;
  pools: FramePools;
  /** Most frames that wait, over all cameras. */
  queueLimit: number;
  events: DetectorEvents;
}

const backoff = { baseMs: 200, maxMs: 10_000 } as const;
const healthyAfterMs = 60_000;

class QueuedDetector implements Detector {
  readonly modelId: string;
  readonly #options: QueuedDetectorOptions;
  readonly #openLooker: OpenLooker;
  readonly #queue: FrameQueue;
  readonly #metrics: DetectorMetrics;
  readonly #tally: DetectorTally;
  readonly #slots: readonly FrameSlots[];
  readonly #alive = new Set<Looker>();
  readonly #idle: Looker[] = [];
  /** Cameras with a frame on a thread: a second thread would let their frames overtake each other. */
  readonly #busy = new Set<string>();
  readonly #closing = new AbortController();
  #served: Promise<unknown> = Promise.resolve();

  constructor(options: QueuedDetectorOptions, openLooker: OpenLooker) {
    const { modelId, queueLimit, pools, metrics } = options;
    this.modelId = modelId;
    this.#options = options;
    this.#openLooker = openLooker;
    this.#queue = new FrameQueue(queueLimit);
    this.#metrics = createDetectorMetrics(metrics);
    this.#tally = new DetectorTally(options.threads);
    this.#slots = pools.buffers.map((buffer) => FrameSlots.from(buffer, pools.slotsPerPool, pools.spec));
  }

  /** Starts every thread; rejects, with none left running, when one cannot start. */
  async start(): Promise<void> {
    const { threads } = this.#options;
    const starts = Array.from({ length: threads }, () => this.#openLooker());
    const outcomes = await Promise.allSettled(starts);
    const lookers = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
    const failure = outcomes.find((outcome) => outcome.status === 'rejected');
    if (failure) {
      await Promise.all(lookers.map((looker) => looker.close()));
      throw failure.reason;
    }
    this.#served = Promise.all(lookers.map((looker) => this.#keep(looker)));
  }

  submit(frame: FrameRef): void {
    this.#check(frame);
    if (this.#closing.signal.aborted) {
      this.#drop(frame, 'detector-busy');
      return;
    }
    const dropped = this.#queue.push(frame, this.#options.clock.monotonic());
    if (dropped) this.#drop(dropped.frame, dropped.reason);
    this.#hand();
  }

  load(): DetectorLoad {
    return this.#tally.load(this.#options.clock.monotonic(), this.#queue.firstDueAt);
  }

  async close(): Promise<void> {
    if (!this.#closing.signal.aborted) {
      this.#closing.abort();
      for (let waiting = this.#queue.shift(); waiting; waiting = this.#queue.shift()) {
        this.#drop(waiting.frame, 'detector-busy');
      }
      this.#metrics.waiting(0);
    }
    await this.#served;
  }

  /** Keeps one place for a thread filled until closing, beginning with the one that is there. */
  async #keep(first: Looker): Promise<void> {
    const { clock, log } = this.#options;
    let ready: Looker | undefined = first;
    await supervise(
      async (signal) => {
        const looker = ready ?? (await this.#openLooker());
        ready = undefined;
        await this.#employ(looker, signal);
      },
      {
        name: 'detector thread',
        clock,
        log,
        signal: this.#closing.signal,
        backoff,
        healthyAfterMs,
        onRestart: () => this.#metrics.restarted(),
      },
    );
  }

  /** Gives a thread frames until it is gone; throws why unless it was closed. */
  async #employ(looker: Looker, signal: AbortSignal): Promise<void> {
    const close = (): void => void looker.close();
    signal.addEventListener('abort', close, { once: true });
    if (signal.aborted) close();
    this.#alive.add(looker);
    this.#metrics.threads(this.#alive.size);
    this.#idle.push(looker);
    this.#hand();
    const reason = await looker.ended;
    signal.removeEventListener('abort', close);
    this.#alive.delete(looker);
    this.#metrics.threads(this.#alive.size);
    const at = this.#idle.indexOf(looker);
    if (at >= 0) this.#idle.splice(at, 1);
    if (reason) throw reason;
  }

  /** Hands waiting frames to idle threads. */
  #hand(): void {
    while (this.#idle.length > 0 && !this.#closing.signal.aborted) {
      const waiting = this.#queue.shift((cameraId) => this.#busy.has(cameraId));
      if (!waiting) break;
      const looker = this.#idle.shift();
      if (looker) void this.#look(looker, waiting);
    }
    this.#metrics.waiting(this.#queue.length);
  }

  async #look(looker: Looker, { frame, queuedAt, dueAt }: WaitingFrame): Promise<void> {
    const { clock } = this.#options;
    const startedAt = clock.monotonic();
    this.#metrics.waited(startedAt - queuedAt);
    const end = this.#tally.begin(startedAt, dueAt);
    this.#busy.add(frame.cameraId);
    const looked = await looker.look(frame).catch(() => undefined);
    end(clock.monotonic());
    this.#busy.delete(frame.cameraId);
    if (!looked) {
      // Why the thread died is told by the supervisor; the slot was freed by the looker.
      this.#tellDropped(frame, 'detector-busy');
      return;
    }
    if (this.#alive.has(looker)) this.#idle.push(looker);
    this.#hand();
    this.#metrics.looked(looked);
    const { preprocessMs, runMs, decodeMs } = looked.timings;
    this.#options.events.onDetections(frame, looked.findings.detections, preprocessMs + runMs + decodeMs);
  }

  #drop(frame: FrameRef, reason: DropReason): void {
    this.#slots[frame.pool]?.release(frame.slot);
    this.#tellDropped(frame, reason);
  }

  #tellDropped(frame: FrameRef, reason: DropReason): void {
    this.#metrics.dropped(reason);
    this.#options.events.onDropped(frame, reason);
  }

  /** A frame that does not fit its slot is a fault of this program: going on would look at another's pixels. */
  #check({ pool, slot, width, height }: FrameRef): void {
    const { spec, slotsPerPool, buffers } = this.#options.pools;
    assert(pool >= 0 && pool < buffers.length, `frame from pool ${pool} of ${buffers.length}`);
    assert(slot >= 0 && slot < slotsPerPool, `frame in slot ${slot} of ${slotsPerPool}`);
    assert(
      width > 0 && height > 0 && width <= spec.width && height <= spec.height,
      `frame of ${width}×${height} in a slot of ${spec.width}×${spec.height}`,
    );
  }
}

/** Opens a detector over whatever looks at frames; for `openDetector` these are ONNX threads. */
export const openQueuedDetector = async (
  options: QueuedDetectorOptions,
  openLooker: OpenLooker,
): Promise<Detector> => {
  const detector = new QueuedDetector(options, openLooker);
  await detector.start();
  return detector;
};
