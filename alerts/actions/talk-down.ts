import type { Secrets } from '../../core/config/secrets.ts';
import type { Resources } from '../../core/resources.ts';
import { createSchedule, defaultTimezone } from '../../core/schedule.ts';
import type { TalkDown } from '../../core/schema/action.ts';
import type { Alert } from '../../core/schema/alert.ts';
import type { Loudspeaker } from '../../core/schema/loudspeaker.ts';
import type { StageDeps } from '../../core/stages.ts';
import type { Lifecycle } from '../lifecycle/lifecycle.ts';
import { commandGateway, defaultPerHour } from './command-gateway.ts';
import { type Deed, type Ledger, toIdempotencyKey } from './ledger.ts';
import type { PostDeps } from './post.ts';
import { RetryLane } from './retry-lane.ts';

export interface TalkDownsOptions extends StageDeps, PostDeps {
  resources: Pick<Resources, 'site' | 'loudspeakers' | 'calendars'>;
  lifecycle: Pick<Lifecycle, 'find'>;
  secrets: Pick<Secrets, 'service'>;
  ledger: Ledger;
}

/** Whoever was in danger is out of it by then, or beyond a voice's help; and nobody else shall be startled. */
const uselessAfterMs = 20_000;
const backoff = { baseMs: 500, maxMs: 4000 };
/** What a gateway takes at once for one loudspeaker. */
const concurrency = 2;
const maxWaiting = 64;

type Write = (outcome: Deed['outcome'], detail?: string) => void;

/** 云广播喊话: has loudspeakers play a fixed recording. */
export class TalkDowns {
  readonly #options: TalkDownsOptions;
  readonly #lanes = new Map<string, RetryLane>();
  /** By loudspeaker, how many it has been asked for and not answered. */
  readonly #asked = new Map<string, number>();

  constructor(options: TalkDownsOptions) {
    this.#options = options;
  }

  speak(alert: Alert, action: TalkDown): void {
    const { resources, ledger } = this.#options;
    for (const loudspeaker of resources.loudspeakers()) {
      if (!action.loudspeakers.includes(loudspeaker.id)) continue;
      if (ledger.begin(alert, { action: 'talkDown', target: loudspeaker.id }))
        this.#speakFrom(loudspeaker, alert, action);
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.#lanes.values()].map((lane) => lane.close()));
  }

  #speakFrom(loudspeaker: Loudspeaker, alert: Alert, action: TalkDown): void {
    const { clock, ledger } = this.#options;
    const target = loudspeaker.id;
    const write: Write = (outcome, detail) =>
      ledger.write(alert, {
        action: 'talkDown',
        target,
        outcome,
        ...(detail === undefined ? {} : { detail }),
      });
    const reason = this.#silenceReason(loudspeaker, alert, action);
    if (reason) write(reason);
    else if (clock.now() > alert.raisedAt + uselessAfterMs)
      write('failed', 'too late: a shout helps within 20 s only');
    else this.#ask(loudspeaker, alert, action, write);
  }

  #ask(loudspeaker: Loudspeaker, alert: Alert, action: TalkDown, write: Write): void {
    const settle = this.#count(loudspeaker.id);
    let isNeeded = true;
    const isTaken = this.#laneOf(loudspeaker.id).add({
      giveUpAt: alert.raisedAt + uselessAfterMs,
      attempt: async (signal) => {
        isNeeded = this.#isNeeded(alert);
        if (isNeeded) await this.#command(loudspeaker, alert, action, signal);
      },
      onDone: () => {
        settle();
        write(isNeeded ? 'accepted' : 'not-needed');
      },
      onFailed: ({ message }) => {
        settle();
        write('failed', message);
      },
    });
    if (isTaken) return;
    settle();
    write('failed', 'too many messages wait for this loudspeaker');
  }

  #silenceReason(
    { id, quietHours = [], perHour = Number.POSITIVE_INFINITY }: Loudspeaker,
    alert: Alert,
    action: TalkDown,
  ): Deed['outcome'] | undefined {
    const { clock, resources, ledger } = this.#options;
    if (!this.#isNeeded(alert)) return 'not-needed';
    const timezone = resources.site().timezone ?? defaultTimezone;
    const spans = [...(action.quietHours ?? []), ...quietHours];
    const quiet = createSchedule(spans, timezone, resources.calendars());
    if (spans.length > 0 && quiet.isOnDuty(clock.now())) return 'quiet-hours';
    const spoken = ledger.spokenWithinHour(id) + (this.#asked.get(id) ?? 0);
    return spoken >= Math.min(action.perHour ?? defaultPerHour, perHour) ? 'hourly-limit' : undefined;
  }

  /** Nobody has taken it up, and whoever is in danger still is. */
  #isNeeded(alert: Alert): boolean {
    const { state, endedAt } = this.#options.lifecycle.find(alert.alertId) ?? alert;
    return state === 'raised' && endedAt === undefined;
  }

  async #command(
    loudspeaker: Loudspeaker,
    alert: Alert,
    action: TalkDown,
    signal: AbortSignal,
  ): Promise<void> {
    const { metrics, clock } = this.#options;
    const idempotencyKey = toIdempotencyKey(alert.alertId, 'talkDown', loudspeaker.id);
    metrics.observe(
      'xueliang_alerts_talk_down_delay_seconds',
      'From an alert to each command to a loudspeaker',
      Math.max(0, clock.now() - alert.raisedAt) / 1000,
    );
    const said = { recording: action.recording, alertId: alert.alertId, idempotencyKey };
    await commandGateway(this.#options, loudspeaker, said, signal);
  }

  #count(loudspeakerId: string): () => void {
    const by = (step: number): void => {
      this.#asked.set(loudspeakerId, (this.#asked.get(loudspeakerId) ?? 0) + step);
    };
    by(1);
    return () => by(-1);
  }

  #laneOf(loudspeakerId: string): RetryLane {
    const lane =
      this.#lanes.get(loudspeakerId) ??
      new RetryLane({ clock: this.#options.clock, concurrency, maxWaiting, backoff });
    this.#lanes.set(loudspeakerId, lane);
    return lane;
  }
}
