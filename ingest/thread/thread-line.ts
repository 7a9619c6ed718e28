import type { Worker } from 'node:worker_threads';
import type { Logger } from '../../core/log.ts';
import { type Clock, runEvery } from '../../core/runtime/clock.ts';
import { supervise } from '../../core/runtime/supervise.ts';
import { openThread } from '../../core/runtime/thread.ts';
import { ingestError } from '../errors.ts';
import type { CameraThreadData, FromCameraThread, ToCameraThread } from './messages.ts';

export interface ThreadLineOptions {
  data: CameraThreadData;
  clock: Clock;
  log: Logger;
  /** The thread has just come up, for the first time or again: it knows nothing yet. */
  onUp: () => void;
  /** The thread has ended without having been told to. */
  onLost: () => void;
  onMessage: (message: FromCameraThread) => void;
}

const backoff = { baseMs: 500, maxMs: 30_000 };
const healthyAfterMs = 60_000;
/** A thread reports every second; one that is silent this long hangs in native code. */
const silenceMs = 20_000;
/** Closing waits for sockets, clips and decoders; then the thread is ended from outside. */
const closeMs = 10_000;

/** One camera thread and its successors: opens the next when one is lost. */
export class ThreadLine {
  readonly #options: ThreadLineOptions;
  readonly #abort = new AbortController();
  readonly #done: Promise<void>;
  #worker: Worker | undefined;
  #isUp = false;
  #heardAt = 0;

  constructor(options: ThreadLineOptions) {
    this.#options = options;
    const { clock, data, log } = options;
    this.#done = supervise((signal) => this.#attempt(signal), {
      name: `cameras-${data.pool}`,
      clock,
      log,
      signal: this.#abort.signal,
      backoff,
      healthyAfterMs,
    });
  }

  /** Whether the thread takes messages. */
  get isUp(): boolean {
    return this.#isUp;
  }

  /** Messages to a thread that is down are lost: `onUp` tells when to say all of it again. */
  post(message: ToCameraThread): void {
    if (this.#isUp) this.#worker?.postMessage(message);
  }

  async close(): Promise<void> {
    this.#abort.abort();
    await this.#done;
  }

  async #attempt(signal: AbortSignal): Promise<void> {
    const { clock, data } = this.#options;
    const worker = openThread(import.meta.url, 'camera-thread', {
      workerData: data,
      name: `cameras-${data.pool}`,
    });
    this.#worker = worker;
    this.#heardAt = clock.monotonic();
    const ended = this.#watch(worker);
    const over = new AbortController();
    const watching = runEvery(clock, silenceMs / 4, over.signal, () => this.#endIfSilent(worker));
    const closing = this.#closeWhenAborted(worker, signal, over.signal);
    const reason = await ended;
    over.abort();
    await Promise.all([watching, closing]);
    if (!signal.aborted) throw reason;
  }

  /** Resolves with the reason when the thread is gone. */
  #watch(worker: Worker): Promise<Error> {
    const { data, onLost, onMessage, onUp } = this.#options;
    let cause: unknown;
    return new Promise((resolve) => {
      worker.on('message', (message: FromCameraThread) => {
        this.#heardAt = this.#options.clock.monotonic();
        if (message.type === 'ready') {
          this.#isUp = true;
          onUp();
        } else onMessage(message);
      });
      worker.once('error', (error) => {
        cause = error;
      });
      worker.once('exit', () => {
        this.#isUp = false;
        this.#worker = undefined;
        if (!this.#abort.signal.aborted) onLost();
        resolve(ingestError('camera-thread-lost', `camera thread ${data.pool} has ended`, { cause }));
      });
    });
  }

  #endIfSilent(worker: Worker): Promise<void> {
    const { clock, data, log } = this.#options;
    const silentMs = clock.monotonic() - this.#heardAt;
    if (silentMs < silenceMs) return Promise.resolve();
    log.error({ thread: `cameras-${data.pool}`, silentMs }, 'camera thread does not answer, ending it');
    return worker.terminate().then(() => undefined);
  }

  async #closeWhenAborted(worker: Worker, signal: AbortSignal, over: AbortSignal): Promise<void> {
    const { clock, data, log } = this.#options;
    await abortOf(AbortSignal.any([signal, over]));
    if (over.aborted) return;
    const close: ToCameraThread = { type: 'close' };
    worker.postMessage(close);
    await clock.sleep(closeMs, over);
    if (over.aborted) return;
    log.error({ thread: `cameras-${data.pool}` }, 'camera thread does not close, ending it');
    await worker.terminate();
  }
}

const abortOf = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
