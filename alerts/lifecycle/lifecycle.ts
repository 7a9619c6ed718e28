import { foldAlert } from '../../core/alert-fold.ts';
import type { Bus, BusMessage } from '../../core/bus/bus.ts';
import { runEvery } from '../../core/runtime/clock.ts';
import { supervise } from '../../core/runtime/supervise.ts';
import { type Alert, type AlertEvent, alertStates } from '../../core/schema/alert.ts';
import { severities } from '../../core/schema/severity.ts';
import type { StageDeps } from '../../core/stages.ts';
import { alertsError } from '../errors.ts';

export interface LifecycleOptions extends StageDeps {
  bus: Pick<Bus, 'follow'>;
  /** Alerts not closed yet that are kept in mind; beyond it the oldest is let go. */
  maxOpen?: number;
  /** How long `start` waits until everything said before has been read. */
  catchUpMs?: number;
}

/** Follows every alert from raised to closed. */
export interface Lifecycle {
  /** Resolves when all that the bus holds has been read. Throws `lifecycle-behind` when that takes too long. */
  start(): Promise<void>;
  /** Alerts that are not closed, the oldest first. */
  openAlerts(): readonly Alert[];
  find(alertId: string): Alert | undefined;
  close(): Promise<void>;
}

const defaultMaxOpen = 10_000;
const defaultCatchUpMs = 120_000;
const gaugePeriodMs = 5000;
const restart = { backoff: { baseMs: 250, maxMs: 15_000 }, healthyAfterMs: 60_000 };

/** Makes the service of the `alerts` role. */
export const createLifecycle = (options: LifecycleOptions): Lifecycle => new FollowingLifecycle(options);

class FollowingLifecycle implements Lifecycle {
  readonly #deps: Required<LifecycleOptions>;
  readonly #open = new Map<string, Alert>();
  readonly #closing = new AbortController();
  #lastSequence = 0;
  #running: Promise<unknown> = Promise.resolve();
  #isCaughtUp = false;

  constructor(options: LifecycleOptions) {
    this.#deps = { maxOpen: defaultMaxOpen, catchUpMs: defaultCatchUpMs, ...options };
  }

  async start(): Promise<void> {
    const { clock, log, catchUpMs } = this.#deps;
    const { signal } = this.#closing;
    const waiting = new AbortController();
    this.#running = Promise.all([
      supervise(() => this.#follow(waiting), { name: 'lifecycle', clock, log, signal, ...restart }),
      runEvery(clock, gaugePeriodMs, signal, () => this.#gauge()),
    ]);
    await clock.sleep(catchUpMs, AbortSignal.any([waiting.signal, signal]));
    if (this.#isCaughtUp || signal.aborted) return;
    await this.close();
    throw alertsError(
      'lifecycle-behind',
      `the alerts on the bus were not read to their end within ${catchUpMs} ms; see whether the bus is reached`,
      { lastSequence: this.#lastSequence },
    );
  }

  openAlerts(): readonly Alert[] {
    return [...this.#open.values()];
  }

  find(alertId: string): Alert | undefined {
    return this.#open.get(alertId);
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#running;
  }

  async #follow(waiting: AbortController): Promise<void> {
    await this.#deps.bus.follow({
      stream: 'ALERTS',
      from: this.#lastSequence === 0 ? 'all' : { sequence: this.#lastSequence + 1 },
      signal: this.#closing.signal,
      onMessage: (message) => this.#take(message),
      onCaughtUp: () => {
        this.#isCaughtUp = true;
        this.#gauge();
        this.#deps.log.info({ service: 'lifecycle', open: this.#open.size }, 'all alerts read');
        waiting.abort();
      },
    });
  }

  #take({ sequence, value }: BusMessage<AlertEvent>): void {
    this.#lastSequence = Math.max(this.#lastSequence, sequence);
    const alert = foldAlert(this.#open.get(value.alertId), value, sequence);
    if (!alert) return; // of an alert that was closed, or let go
    if (alert.state === 'closed') this.#open.delete(alert.alertId);
    else this.#open.set(alert.alertId, alert);
    if (this.#open.size > this.#deps.maxOpen) this.#letOldestGo();
  }

  #letOldestGo(): void {
    const [oldest] = this.#open.keys();
    if (oldest !== undefined) this.#open.delete(oldest);
    this.#deps.metrics.count(
      'xueliang_alerts_lifecycle_let_go_total',
      'Alerts that were not closed and are no longer kept in mind because there are too many',
    );
  }

  #gauge(): void {
    const { metrics } = this.#deps;
    const counts = new Map<string, number>();
    for (const { state, severity } of this.#open.values()) {
      counts.set(`${state} ${severity}`, (counts.get(`${state} ${severity}`) ?? 0) + 1);
    }
    for (const state of alertStates.filter((name) => name !== 'closed')) {
      for (const severity of severities) {
        const count = counts.get(`${state} ${severity}`) ?? 0;
        metrics.gauge('xueliang_alerts_open', 'Alerts that are not closed', count, { state, severity });
      }
    }
    metrics.gauge(
      'xueliang_alerts_last_sequence',
      'Sequence in the bus stream of the last alert event read',
      this.#lastSequence,
    );
  }
}
