import type { AppError } from '../../core/errors.ts';
import { type FrameRef, FrameSlots } from '../../core/frame-slots.ts';
import type { Clock } from '../../core/runtime/clock.ts';
import { openThread } from '../../core/runtime/thread.ts';
import type { ModelCard } from '../../core/schema/model-card.ts';
import type { FramePools } from '../../core/stages.ts';
import { inferenceError } from '../errors.ts';
import type { Looked, Looker } from '../looker.ts';
import { SlotClaim } from '../slot-claim.ts';
import type { Answer, Demand, DetectorThreadData } from './messages.ts';

export interface DetectorThreadOptions {
  card: ModelCard;
  modelPath: string;
  pools: FramePools;
  clock: Clock;
}

/** What is used of a worker thread. */
export interface Thread {
  on(event: 'message', listener: (answer: Answer) => void): unknown;
  on(event: 'error', listener: (cause: unknown) => void): unknown;
  on(event: 'exit', listener: () => void): unknown;
  postMessage(demand: Demand): void;
  unref(): void;
}

/** Loading and a first run take under a second; on a machine that swaps, longer. */
const openTimeoutMs = 60_000;
/** A run takes some tens of milliseconds. A thread that has not answered by now never will. */
const answerTimeoutMs = 20_000;
/** How long a thread may take to finish its frame and leave. */
const closeTimeoutMs = 5_000;

/** What the thread is waited for: getting ready (nothing), or a frame's answer. */
interface Waiting {
  resolve: (looked: Looked | undefined) => void;
  reject: (reason: AppError) => void;
  /** By the monotonic clock, and what is said of the thread then. */
  dueAt: number;
  complaint: string;
}

/**
 * The main thread's side of a detector thread. It never terminates the thread: one that is in the middle of a run
 * then takes the whole process with it (an uncaught `Napi::Error`; onnxruntime-node 1.30 on Node 20). A thread
 * that hangs is let go of and asked to leave when it can.
 */
class ThreadLooker implements Looker {
  readonly ended: Promise<AppError | undefined>;
  readonly #thread: Thread;
  readonly #clock: Clock;
  readonly #modelId: string;
  readonly #slots: readonly FrameSlots[];
  readonly #claim: SlotClaim;
  readonly #end: (reason: AppError | undefined) => void;
  #waiting: Waiting | undefined;
  #isWatched = false;
  /** Aborts when the thread has ended. */
  readonly #over = new AbortController();
  #inHand: FrameRef | undefined;
  #failure: AppError | undefined;
  #isClosing = false;

  constructor(thread: Thread, claim: SlotClaim, { card, pools, clock }: DetectorThreadOptions) {
    this.#thread = thread;
    this.#claim = claim;
    this.#clock = clock;
    this.#modelId = card.id;
    this.#slots = pools.buffers.map((buffer) => FrameSlots.from(buffer, pools.slotsPerPool, pools.spec));
    let settle: (reason: AppError | undefined) => void = () => undefined;
    this.ended = new Promise((resolve) => {
      settle = resolve;
    });
    this.#end = (reason) => {
      this.#letGo(reason ?? this.#gone('was closed'));
      this.#over.abort();
      settle(reason);
    };
    thread.on('message', (answer) => this.#take(answer));
    thread.on('error', (cause) => {
      const why = cause instanceof Error ? cause.message : String(cause);
      this.#failure ??= this.#gone(`failed: ${why}`, cause);
    });
    thread.on('exit', () => {
      this.#end(this.#failure ?? (this.#isClosing ? undefined : this.#gone('ended by itself')));
    });
  }

  /** Resolves when the model is loaded and warm. */
  async ready(): Promise<void> {
    await this.#wait(openTimeoutMs, `did not load its model within ${openTimeoutMs / 1000} s`);
  }

  async look(frame: FrameRef): Promise<Looked> {
    this.#claim.hold();
    this.#inHand = frame;
    this.#thread.postMessage({ kind: 'look', frame });
    const looked = await this.#wait(answerTimeoutMs, `did not answer for ${answerTimeoutMs / 1000} s`);
    if (!looked) throw this.#gone('answered without having looked');
    return looked;
  }

  async close(): Promise<void> {
    if (!this.#isClosing) {
      this.#isClosing = true;
      this.#thread.postMessage({ kind: 'close' });
      const left = new AbortController();
      void this.ended.then(() => left.abort());
      void this.#clock.sleep(closeTimeoutMs, left.signal).then(() => {
        if (!left.signal.aborted) this.#abandon(undefined);
      });
    }
    await this.ended;
  }

  #take(answer: Answer): void {
    if (answer.kind === 'refused') {
      const code = inferenceError.codes.find((known) => known === answer.code) ?? 'detector-thread-died';
      this.#end(inferenceError(code, answer.message, { modelId: this.#modelId }));
      return;
    }
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.resolve(answer.kind === 'looked' ? answer.looked : undefined);
  }

  #wait(timeoutMs: number, complaint: string): Promise<Looked | undefined> {
    return new Promise<Looked | undefined>((resolve, reject) => {
      this.#waiting = { resolve, reject, complaint, dueAt: this.#clock.monotonic() + timeoutMs };
      if (!this.#isWatched) void this.#watch();
    });
  }

  /** One sleep for many looks: nearly all are answered long before, and a timer for each was a tenth of the main thread's work. */
  async #watch(): Promise<void> {
    this.#isWatched = true;
    for (let waiting = this.#waiting; waiting; waiting = this.#waiting) {
      const leftMs = waiting.dueAt - this.#clock.monotonic();
      if (leftMs <= 0) {
        const message = `detector thread of model '${this.#modelId}' ${waiting.complaint}`;
        this.#abandon(inferenceError('detector-timeout', message, { modelId: this.#modelId }));
        break;
      }
      // No later wait is due sooner than that.
      await this.#clock.sleep(Math.min(leftMs, answerTimeoutMs), this.#over.signal);
    }
    this.#isWatched = false;
  }

  /** Gives up on a thread that hangs: it is not waited for, but leaves by itself should it come back. */
  #abandon(reason: AppError | undefined): void {
    this.#thread.unref();
    if (!this.#isClosing) this.#thread.postMessage({ kind: 'close' });
    this.#isClosing = true;
    this.#end(reason);
  }

  /** Frees the slot of the frame in hand and tells whoever waits. */
  #letGo(reason: AppError): void {
    const frame = this.#inHand;
    this.#inHand = undefined;
    if (frame && this.#claim.claim()) this.#slots[frame.pool]?.release(frame.slot);
    this.#waiting?.reject(reason);
    this.#waiting = undefined;
  }

  #gone(how: string, cause?: unknown): AppError {
    return inferenceError('detector-thread-died', `detector thread of model '${this.#modelId}' ${how}`, {
      modelId: this.#modelId,
      ...(cause === undefined ? {} : { cause }),
    });
  }
}

const startThread = (workerData: DetectorThreadData): Thread =>
  openThread(import.meta.url, 'detector-thread', { workerData, name: 'detector' });

/**
 * Starts a detector thread with a session of its own and resolves when it is warm. Rejects with
 * `model-unreadable` or `model-shape-mismatch` when the model is not what its card says, `detector-timeout` or
 * `detector-thread-died` when the thread does not get that far.
 */
export const openDetectorThread = async (
  options: DetectorThreadOptions,
  start: (data: DetectorThreadData) => Thread = startThread,
): Promise<Looker> => {
  const claim = new SlotClaim();
  const { card, modelPath, pools } = options;
  const looker = new ThreadLooker(start({ card, modelPath, pools, claim: claim.buffer }), claim, options);
  await looker.ready();
  return looker;
};
