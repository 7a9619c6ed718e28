import { type AppError, type ErrorKind, toAppError } from '../../core/errors.ts';
import { type BackoffOptions, backoffDelayMs } from '../../core/runtime/backoff.ts';
import type { Clock } from '../../core/runtime/clock.ts';
import type { AlertEvent } from '../../core/schema/alert.ts';

/** One event to be passed on, and where it stands in the stream. */
export interface Parcel {
  sequence: number;
  value: AlertEvent;
  /** Nothing more is to be done for it. */
  done(): void;
}

export interface CameraLanesOptions {
  clock: Clock;
  /** Lanes in which something is being sent at the same time. */
  concurrency: number;
  /** No camera may keep more waiting than this while the receiver takes others'. */
  maxWaiting: number;
  /** How long after an event it is still tried again. */
  giveUpAfterMs: number;
  backoff: BackoffOptions;
  /** Sends one event once; throws when it was not taken. */
  send(event: AlertEvent, signal: AbortSignal): Promise<void>;
  onSent(event: AlertEvent): void;
  onFailure(event: AlertEvent, reason: AppError): void;
  /** It is given up. Tried again as if it had failed when this rejects. */
  onGivenUp(parcel: Parcel, attempts: number, reason: AppError): Promise<void>;
}

const hopelessKinds: ReadonlySet<ErrorKind> = new Set(['invalid', 'forbidden']);

/** Passes events on, each camera's in their order and one after the other, cameras beside each other. */
export class CameraLanes {
  readonly #options: CameraLanesOptions;
  readonly #closing = new AbortController();
  readonly #lanes = new Map<string, Parcel[]>();
  readonly #running = new Set<Promise<void>>();
  /** Lanes that wait for their turn to send, first come first served. */
  readonly #turns: (() => void)[] = [];
  #sending = 0;
  #sent = 0;

  constructor(options: CameraLanesOptions) {
    this.#options = options;
  }

  take(parcel: Parcel): void {
    const { cameraId } = parcel.value;
    const lane = this.#lanes.get(cameraId);
    if (lane) {
      lane.push(parcel);
      return;
    }
    const fresh = [parcel];
    this.#lanes.set(cameraId, fresh);
    const run = this.#empty(cameraId, fresh).finally(() => this.#running.delete(run));
    this.#running.add(run);
  }

  /** What is under way is broken off; nothing is said of it. */
  async close(): Promise<void> {
    this.#closing.abort();
    for (const wake of this.#turns.splice(0)) wake();
    await Promise.all(this.#running);
  }

  async #empty(cameraId: string, lane: Parcel[]): Promise<void> {
    for (let parcel = lane[0]; parcel; parcel = lane[0]) {
      await this.#deliver(parcel, lane);
      if (this.#closing.signal.aborted) return;
      lane.shift();
      parcel.done();
    }
    this.#lanes.delete(cameraId);
  }

  /** Resolves when the parcel is with the receiver or among the dead letters. */
  async #deliver(parcel: Parcel, lane: readonly Parcel[]): Promise<void> {
    const { clock, backoff, onSent, onFailure } = this.#options;
    const { signal } = this.#closing;
    const sentBefore = this.#sent;
    for (let attempts = 1; !signal.aborted; attempts++) {
      try {
        await this.#sendInTurn(parcel.value);
        if (signal.aborted) return;
        this.#sent++;
        onSent(parcel.value);
        return;
      } catch (thrown) {
        if (signal.aborted) return;
        const reason = toAppError(thrown);
        onFailure(parcel.value, reason);
        const delayMs = backoffDelayMs(attempts - 1, backoff);
        const holdsUpOthers = lane.length > this.#options.maxWaiting && this.#sent > sentBefore;
        const isLate = clock.now() + delayMs > parcel.value.at + this.#options.giveUpAfterMs;
        const isOver = hopelessKinds.has(reason.kind) || isLate || holdsUpOthers;
        if (isOver && (await this.#giveUp(parcel, attempts, reason))) return;
        await clock.sleep(delayMs, signal);
      }
    }
  }

  async #giveUp(parcel: Parcel, attempts: number, reason: AppError): Promise<boolean> {
    try {
      await this.#options.onGivenUp(parcel, attempts, reason);
      return true;
    } catch (thrown) {
      this.#options.onFailure(parcel.value, toAppError(thrown));
      return false;
    }
  }

  async #sendInTurn(event: AlertEvent): Promise<void> {
    const { concurrency, send } = this.#options;
    // Whoever is woken has been given the place of the one that woke it.
    if (this.#sending >= concurrency) await new Promise<void>((wake) => this.#turns.push(wake));
    else this.#sending++;
    try {
      if (!this.#closing.signal.aborted) await send(event, this.#closing.signal);
    } finally {
      const next = this.#turns.shift();
      if (next) next();
      else this.#sending--;
    }
  }
}
