import type { Bus, BusMessage, FollowFrom } from '../../core/bus/bus.ts';
import type { Logger } from '../../core/log.ts';
import type { Metrics } from '../../core/metrics.ts';
import { type Clock, runEvery } from '../../core/runtime/clock.ts';
import { supervise } from '../../core/runtime/supervise.ts';
import type { AlertEvent } from '../../core/schema/alert.ts';
import { apiError } from '../errors.ts';
import { AlertRing, type SentEvent } from './alert-ring.ts';
import { EventClient, type EventClientOptions } from './event-client.ts';
import { toFrame } from './event-encoding.ts';
import { replayFromBus } from './replay-from-bus.ts';

export interface AlertHubDeps {
  bus: Pick<Bus, 'follow'>;
  clock: Clock;
  log: Logger;
  metrics: Metrics;
  limits?: Partial<AlertHubLimits>;
}

export interface AlertHubLimits {
  maxClients: number;
  /** Clients that are being served from the bus at one time. */
  maxReplays: number;
  ringEvents: number;
  ringBytes: number;
  /** What a client may leave lying before it is cut off. */
  clientBytes: number;
}

const defaultLimits: AlertHubLimits = {
  maxClients: 640,
  maxReplays: 8,
  ringEvents: 1000,
  ringBytes: 8 * 1024 ** 2,
  clientBytes: 512 * 1024,
};
/** Below the 30 to 60 s after which proxies take a silent connection for a dead one. */
const heartbeatMs = 15_000;
const backoff = { baseMs: 250, maxMs: 10_000 };
/** Alerts whose severity is remembered for the events that follow. */
const maxSeverities = 20_000;

export type JoinOptions = Pick<EventClientOptions, 'sink' | 'filter' | 'isAllowed' | 'encoding'> & {
  /** The last event the client has; from where it goes on. */
  lastEventId?: number;
};

/** Alerts as they happen, from one reader of the bus to every client. */
export class AlertHub {
  readonly #deps: AlertHubDeps;
  readonly #limits: AlertHubLimits;
  readonly #ring: AlertRing;
  readonly #clients = new Set<EventClient>();
  /** Clients that hear of every new event; the others wait for the hub or are being served from the bus. */
  readonly #live = new Set<EventClient>();
  readonly #waiting = new Set<() => void>();
  readonly #severities = new Map<string, string>();
  readonly #stopping = new AbortController();
  #running: Promise<unknown> = Promise.resolve();
  readonly #replays = new Set<Promise<void>>();
  #isFollowing = false;

  constructor(deps: AlertHubDeps) {
    this.#deps = deps;
    this.#limits = { ...defaultLimits, ...deps.limits };
    this.#ring = new AlertRing({ maxEvents: this.#limits.ringEvents, maxBytes: this.#limits.ringBytes });
  }

  get clients(): number {
    return this.#clients.size;
  }

  /** Begins to read the bus, from now on. */
  start(): void {
    const { clock, log } = this.#deps;
    const { signal } = this.#stopping;
    const options = { name: 'following alerts', clock, log, signal, backoff, healthyAfterMs: 60_000 };
    this.#running = Promise.all([
      supervise((attempt) => this.#follow(attempt), options),
      runEvery(clock, heartbeatMs, signal, () => {
        for (const client of [...this.#clients]) client.heartbeat();
      }),
    ]);
  }

  /** Throws `streams-exhausted` when too many listen, or too many of them must catch up. */
  refuseWhenFull(lastEventId: number | undefined): void {
    const isFull = this.#clients.size >= this.#limits.maxClients;
    if (!isFull && (!this.#needsReplay(lastEventId) || this.#replays.size < this.#limits.maxReplays)) return;
    throw apiError('streams-exhausted', 'too many listen already; come back in a few seconds', {
      retryAfterSeconds: 5,
    });
  }

  /** Takes in a client, which hears of every event behind its last, or from now on. Throws `streams-exhausted`. */
  join({ sink, filter, isAllowed, encoding, lastEventId }: JoinOptions): EventClient {
    this.refuseWhenFull(lastEventId);
    const client: EventClient = new EventClient({
      ...{ sink, filter, isAllowed, encoding, lastEventId },
      clock: this.#deps.clock,
      maxBufferedBytes: this.#limits.clientBytes,
      onEnd: (reason) => this.#leave(client, reason),
    });
    this.#clients.add(client);
    this.#gaugeClients();
    if (lastEventId === undefined) this.#whenFollowing(client, () => this.#goLive(client));
    else if (this.#needsReplay(lastEventId)) this.#keepReplay(this.#replay(client, lastEventId));
    else this.#goOn(client, lastEventId);
    return client;
  }

  /** Ends every client, with the reason, and stops reading. */
  async close(): Promise<void> {
    this.#stopping.abort();
    for (const client of [...this.#clients]) client.end('closing');
    await Promise.all([this.#running, ...this.#replays]);
  }

  async #follow(signal: AbortSignal): Promise<void> {
    const newest = this.#ring.newest;
    if (newest === undefined && this.#isFollowing) this.#startOver();
    const from: FollowFrom = newest === undefined ? 'new' : { sequence: newest + 1 };
    await this.#deps.bus.follow({
      stream: 'ALERTS',
      from,
      signal,
      onMessage: (message) => {
        this.#followed();
        this.#publish(this.#toSent(message));
      },
      onCaughtUp: () => this.#followed(),
    });
  }

  /** Following broke off before anything told where: clients come back and say what they have. */
  #startOver(): void {
    this.#isFollowing = false;
    for (const client of [...this.#live]) client.end('error');
  }

  /** From here on no new event passes the hub by. */
  #followed(): void {
    if (this.#isFollowing) return;
    this.#isFollowing = true;
    for (const proceed of [...this.#waiting]) proceed();
    this.#waiting.clear();
  }

  #whenFollowing(client: EventClient, proceed: () => void): void {
    if (this.#isFollowing) {
      proceed();
      return;
    }
    this.#waiting.add(proceed);
    client.ended.addEventListener('abort', () => this.#waiting.delete(proceed), { once: true });
  }

  #publish(event: SentEvent): void {
    this.#ring.push(event);
    for (const client of [...this.#live]) client.deliver(event);
    this.#deps.metrics.count('xueliang_api_alert_events_total', 'Alert events passed on as they happened');
  }

  #goLive(client: EventClient): void {
    if (client.ended.aborted) return;
    this.#live.add(client);
    client.tell('ready', {});
  }

  /** A number from before the ring needs the bus; one beyond the newest cannot be of this stream. */
  #needsReplay(lastEventId: number | undefined): boolean {
    const { newest } = this.#ring;
    if (lastEventId === undefined || (newest !== undefined && lastEventId > newest)) return false;
    return this.#ring.after(lastEventId) === undefined;
  }

  #goOn(client: EventClient, lastEventId: number): void {
    if (lastEventId > (this.#ring.newest ?? 0)) client.reset();
    for (const event of this.#ring.after(lastEventId) ?? []) client.deliver(event);
    this.#goLive(client);
  }

  #keepReplay(replay: Promise<void>): void {
    const kept = replay.finally(() => this.#replays.delete(kept));
    this.#replays.add(kept);
  }

  async #replay(client: EventClient, after: number): Promise<void> {
    try {
      await replayFromBus({
        bus: this.#deps.bus,
        client,
        after,
        toSent: (message) => this.#toSent(message),
        /** Goes live when the ring can take over right behind `delivered`; nothing can come between. */
        takeOver: (delivered, isCaughtUp) => {
          const isEmpty = this.#ring.newest === undefined;
          const rest = isEmpty && isCaughtUp ? [] : this.#ring.after(delivered);
          if (!this.#isFollowing || rest === undefined) return false;
          for (const event of rest) client.deliver(event);
          this.#goLive(client);
          return true;
        },
        onFollowing: (proceed) => this.#whenFollowing(client, proceed),
      });
    } catch (error) {
      this.#deps.log.warn({ service: 'api', err: error }, 'resuming from the bus failed');
      client.end('error');
    }
  }

  #toSent({ sequence, value }: BusMessage<AlertEvent>): SentEvent {
    if (value.type === 'raised') this.#rememberSeverity(value.alertId, value.alert.severity);
    const severity = this.#severities.get(value.alertId);
    const frame = toFrame(value.type, value, sequence);
    return { sequence, frame, value, alertId: value.alertId, place: value.place, severity };
  }

  #rememberSeverity(alertId: string, severity: string): void {
    this.#severities.set(alertId, severity);
    for (const oldest of this.#severities.keys()) {
      if (this.#severities.size <= maxSeverities) break;
      this.#severities.delete(oldest);
    }
  }

  #leave(client: EventClient, reason: string): void {
    this.#clients.delete(client);
    this.#live.delete(client);
    const help = 'Streams of alert events that ended, by reason';
    this.#deps.metrics.count('xueliang_api_event_streams_ended_total', help, { reason });
    this.#gaugeClients();
  }

  #gaugeClients(): void {
    this.#deps.metrics.gauge(
      'xueliang_api_event_streams',
      'Streams of alert events open',
      this.#clients.size,
    );
  }
}
