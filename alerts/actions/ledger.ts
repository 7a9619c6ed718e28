import { createHash } from 'node:crypto';
import { toAppError } from '../../core/errors.ts';
import type { Alert, AlertEvent } from '../../core/schema/alert.ts';
import type { Outbox, StageDeps } from '../../core/stages.ts';

type Acted = AlertEvent & { type: 'acted' };

/** What became of an action. */
export type Deed = Pick<Acted, 'action' | 'target' | 'outcome' | 'detail'>;

export interface LedgerOptions extends StageDeps {
  outbox: Pick<Outbox, 'put'>;
}

const hourMs = 3_600_000;
const maxDetail = 200;

/**
 * What was done for which alert, as the events say. Each deed is written once, in the words of its last outcome; what was
 * written and has not come back from the bus yet is known here.
 */
export class Ledger {
  readonly #options: LedgerOptions;
  readonly #own = new Set<string>();
  readonly #inHand = new Set<string>();
  /** By loudspeaker, when it spoke in the last hour, by the events that say so. */
  readonly #spoken = new Map<string, Map<string, number>>();

  constructor(options: LedgerOptions) {
    this.#options = options;
  }

  /** Takes an event that is on the bus. */
  take(event: AlertEvent): void {
    if (event.type !== 'acted') return;
    this.#own.delete(event.eventId);
    this.#rememberSpeech(event);
  }

  /** Takes an event of an earlier run that is still on its way to the bus. */
  takeWaiting(event: AlertEvent): void {
    if (event.type !== 'acted' || this.#own.has(event.eventId)) return;
    this.#own.add(event.eventId);
    this.#rememberSpeech(event);
  }

  isDone({ alertId, actions }: Alert, { action, target }: Pick<Deed, 'action' | 'target'>): boolean {
    return (
      this.#own.has(toEventId(alertId, action, target)) ||
      actions.some((done) => done.action === action && done.target === target)
    );
  }

  /** Takes a deed in hand; false when it is done or in hand already. `write` ends it. */
  begin(alert: Alert, deed: Pick<Deed, 'action' | 'target'>): boolean {
    const eventId = toEventId(alert.alertId, deed.action, deed.target);
    if (this.#inHand.has(eventId) || this.isDone(alert, deed)) return false;
    this.#inHand.add(eventId);
    return true;
  }

  /** `occasion` tells apart what is done again because somebody asks for it again. */
  write({ alertId, cameraId, place }: Alert, { detail, ...deed }: Deed, occasion = ''): void {
    const { clock, log, metrics } = this.#options;
    const { action, target, outcome } = deed;
    const event: Acted = {
      schemaVersion: 1,
      eventId: toEventId(alertId, action, target, occasion),
      alertId,
      cameraId,
      place,
      at: Math.round(clock.now()),
      type: 'acted',
      ...deed,
      ...(detail === undefined ? {} : { detail: detail.slice(0, maxDetail) }),
    };
    this.#inHand.delete(event.eventId);
    this.takeWaiting(event);
    this.put(event);
    log.info({ service: 'actions', alertId, action, target, outcome, detail }, 'acted for an alert');
    metrics.count('xueliang_alerts_actions_total', 'What became of actions', { action, outcome });
  }

  put(event: AlertEvent): void {
    void this.#options.outbox.put(event).catch((thrown: unknown) => {
      const { log } = this.#options;
      log.error({ eventId: event.eventId, err: toAppError(thrown) }, 'an alert event is not safe on disk');
    });
  }

  /** How often a loudspeaker has spoken within the last hour. */
  spokenWithinHour(loudspeakerId: string): number {
    const since = this.#options.clock.now() - hourMs;
    const spoken = this.#spoken.get(loudspeakerId) ?? new Map<string, number>();
    for (const [eventId, at] of spoken) if (at <= since) spoken.delete(eventId);
    return spoken.size;
  }

  /** Counts that a loudspeaker speaks, until it is known that it did not, or an alert's event says so. */
  countSpeech(loudspeakerId: string, occasion: string): void {
    const spoken = this.#spoken.get(loudspeakerId) ?? new Map<string, number>();
    this.#spoken.set(loudspeakerId, spoken.set(occasion, this.#options.clock.now()));
  }

  forgetSpeech(loudspeakerId: string, occasion: string): void {
    this.#spoken.get(loudspeakerId)?.delete(occasion);
  }

  #rememberSpeech({ action, outcome, target, eventId, at }: Acted): void {
    if (action !== 'talkDown' || outcome !== 'accepted') return;
    if (at <= this.#options.clock.now() - hourMs) return;
    const spoken = this.#spoken.get(target) ?? new Map<string, number>();
    this.#spoken.set(target, spoken.set(eventId, at));
  }
}

/** A target's name alone would be too long for an event's. */
const toEventId = (alertId: string, action: string, target: string, occasion = ''): string =>
  `${alertId}.acted-${createHash('sha256')
    .update(`${action} ${target}${occasion && ` ${occasion}`}`)
    .digest('hex')
    .slice(0, 16)}`;

/** The same however often it is tried, so that the other side can tell a repetition. */
export const toIdempotencyKey = (alertId: string, action: string, target: string): string =>
  `${alertId}.${action}.${target}`;
