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

/** A receiver that answers at all has answered by then: what it took is not told to it again after a planned restart. */
export const graceMs = 2000;
const hopelessKinds: ReadonlySet<ErrorKind> = new Set(['invalid', 'forbidden']);

/** Passes events on, each camera's in their order and one after the other, cameras beside each other. */
export class CameraLanes {
  readonly #options: CameraLanesOptions;
  readonly #closing = new AbortController();
  /** What is still being sent when the grace is over. */
  readonly #breakingOff = new AbortController();
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
    if (this.#closing.signal.aborted) return;
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

  /**
   * Begins nothing new. What is being sent has two seconds to be answered: what was taken is done, of what was not, or is
   * broken off then, nothing is said.
   */
  async close(): Promise<void> {
    this.#closing.abort();
    for (const wake of this.#turns.splice(0)) wake();
    const over = new AbortController();
    void this.#options.clock.sleep(graceMs, over.signal).then(() => this.#breakingOff.abort());
    await Promise.all(this.#running);
    over.abort();
  }

  async #empty(cameraId: string, lane: Parcel[]): Promise<void> {
    for (let parcel = lane[0]; parcel; parcel = lane[0]) {
      if (!(await this.#deliver(parcel, lane))) return;
      lane.shift();
      parcel.done();
    }
    this.#lanes.delete(cameraId);
  }

  /** Whether the parcel is with the receiver or among the dead letters; it is neither only when the lanes close. */
  async #deliver(parcel: Parcel, lane: readonly Parcel[]): Promise<boolean> {
    const { clock, backoff, onSent, onFailure } = this.#options;
    const { signal } = this.#closing;
    const sentBefore = this.#sent;
    for (let attempts = 1; !signal.aborted; attempts++) {
      try {
        if (!(await this.#sendInTurn(parcel.value))) return false;
        this.#sent++;
        onSent(parcel.value);
        return true;
      } catch (thrown) {
        if (signal.aborted) return false;
        const reason = toAppError(thrown);
        onFailure(parcel.value, reason);
        const delayMs = backoffDelayMs(attempts - 1, backoff);
        const holdsUpOthers = lane.length > this.#options.maxWaiting && this.#sent > sentBefore;
        const isLate = clock.now() + delayMs > parcel.value.at + this.#options.giveUpAfterMs;
        const isOver = hopelessKinds.has(reason.kind) || isLate || holdsUpOthers;
        if (isOver && (await this.#giveUp(parcel, attempts, reason))) return true;
        await clock.sleep(delayMs, signal);
      }
    }
    return false;
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

  /** Whether it was sent: nothing is begun any more when the lanes close. */
  async #sendInTurn(event: AlertEvent): Promise<boolean> {
    const { concurrency, send } = this.#options;
    // Whoever is woken has been given the place of the one that woke it.
    if (this.#sending >= concurrency) await new Promise<void>((wake) => this.#turns.push(wake));
    else this.#sending++;
    try {
      if (this.#closing.signal.aborted) return false;
      await send(event, this.#breakingOff.signal);
      return true;
    } finally {
      const next = this.#turns.shift();
      if (next) next();
      else this.#sending--;
    }
  }
}
