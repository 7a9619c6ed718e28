import { foldAlert } from '../../core/alert-fold.ts';
import type { Bus, BusMessage } from '../../core/bus/bus.ts';
import type { Logger } from '../../core/log.ts';
import type { Metrics } from '../../core/metrics.ts';
import type { Resources } from '../../core/resources.ts';
import type { Clock } from '../../core/runtime/clock.ts';
import { supervise } from '../../core/runtime/supervise.ts';
import type { AlertEvent } from '../../core/schema/alert.ts';
import type { DeadlineRule } from '../../core/schema/deadline.ts';
import { apiError } from '../errors.ts';
import { type OpenAlert, toOpenAlert } from './open-alert.ts';
import { SortedAlerts } from './sorted-alerts.ts';

export interface OpenAlertsDeps {
  bus: Pick<Bus, 'follow'>;
  resources: Pick<Resources, 'site'>;
  clock: Clock;
  log: Logger;
  metrics: Metrics;
  /** Alerts not closed that are kept, 10,000 unless told. */
  maxOpen?: number;
}

const defaultMaxOpen = 10_000;
const backoff = { baseMs: 250, maxMs: 10_000 };
const noRules: readonly DeadlineRule[] = [];

/**
 * Every alert that is not closed, made of the bus. When there are too many, what was dealt with goes first, then the least
 * urgent; each is counted. One that was let go comes back at the next start, if there is room then.
 */
export class OpenAlerts {
  readonly #deps: Required<OpenAlertsDeps>;
  readonly #entries = new Map<string, OpenAlert>();
  readonly #sorted = new SortedAlerts();
  readonly #places = new Map<string, string>();
  readonly #stopping = new AbortController();
  #running: Promise<unknown> = Promise.resolve();
  #lastSequence = 0;
  #letGo = 0;
  #isCaughtUp = false;
  #rules = noRules;
  #rulesText = '[]';

  constructor(deps: OpenAlertsDeps) {
    this.#deps = { maxOpen: defaultMaxOpen, ...deps };
  }

  /** Begins to read the bus from its beginning. */
  start(): void {
    const { clock, log } = this.#deps;
    const { signal } = this.#stopping;
    const options = { name: 'open alerts', clock, log, signal, backoff, healthyAfterMs: 60_000 };
    this.#running = supervise((attempt) => this.#follow(attempt), options);
  }

  async close(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  /** Whether all that the bus held at the start has been read. */
  get isReady(): boolean {
    return this.#isCaughtUp;
  }

  get letGo(): number {
    return this.#letGo;
  }

  /** The most urgent first, those that were dealt with last. Throws `open-alerts-behind`. */
  sorted(): SortedAlerts {
    if (!this.#isCaughtUp) {
      throw apiError(
        'open-alerts-behind',
        'the open alerts are still being read from the bus; try again in a moment',
        { retryAfterSeconds: 1 },
      );
    }
    this.#followRules();
    return this.#sorted;
  }

  async #follow(signal: AbortSignal): Promise<void> {
    await this.#deps.bus.follow({
      stream: 'ALERTS',
      from: this.#lastSequence === 0 ? 'all' : { sequence: this.#lastSequence + 1 },
      signal,
      onMessage: (message) => this.#take(message),
      onCaughtUp: () => {
        this.#isCaughtUp = true;
        this.#gauge();
      },
    });
  }

  #take({ sequence, value }: BusMessage<AlertEvent>): void {
    if (sequence === this.#lastSequence) return;
    // A stream that was made anew counts from one again: what is known is of the old one.
    if (sequence < this.#lastSequence) this.#forgetAll();
    this.#lastSequence = sequence;
    const before = this.#entries.get(value.alertId);
    const alert = foldAlert(before?.alert, value, sequence);
    if (alert === undefined) return; // of one that was closed, or let go
    if (before) this.#remove(before);
    if (alert.state !== 'closed') this.#add(toOpenAlert(alert, this.#rules));
    if (this.#entries.size > this.#deps.maxOpen) this.#letOneGo();
    if (this.#isCaughtUp) this.#gauge();
  }

  #add(entry: OpenAlert): void {
    entry.place = this.#samePlace(entry.place);
    this.#entries.set(entry.alert.alertId, entry);
    this.#sorted.put(entry);
  }

  #remove(entry: OpenAlert): void {
    this.#entries.delete(entry.alert.alertId);
    this.#sorted.remove(entry);
  }

  /** One text for each place: a search of thousands finds it in the processor's cache, and takes half as long. */
  #samePlace(place: string): string {
    const known = this.#places.get(place);
    if (known === undefined) this.#places.set(place, place);
    return known ?? place;
  }

  #letOneGo(): void {
    const least = this.#sorted.all.at(-1);
    if (!least) return;
    this.#remove(least);
    this.#letGo += 1;
    const help = 'Alerts not closed that are no longer listed as open because there are too many';
    this.#deps.metrics.count('xueliang_api_open_alerts_let_go_total', help);
  }

  #forgetAll(): void {
    this.#entries.clear();
    this.#places.clear();
    this.#sorted.replace([]);
    this.#letGo = 0;
  }

  /** The site is made anew at every change of anything; only other rules make other deadlines. */
  #followRules(): void {
    const { deadlines: rules = noRules } = this.#deps.resources.site();
    if (rules === this.#rules) return;
    const text = JSON.stringify(rules);
    this.#rules = rules;
    if (text === this.#rulesText) return;
    this.#rulesText = text;
    for (const [id, { alert }] of this.#entries) this.#entries.set(id, toOpenAlert(alert, rules));
    this.#sorted.replace(this.#entries.values());
  }

  #gauge(): void {
    const help = 'Alerts not closed that are listed as open';
    this.#deps.metrics.gauge('xueliang_api_open_alerts', help, this.#entries.size);
  }
}
