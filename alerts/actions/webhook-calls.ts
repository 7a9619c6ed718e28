import type { Secrets } from '../../core/config/secrets.ts';
import type { Resources } from '../../core/resources.ts';
import type { CallWebhook } from '../../core/schema/action.ts';
import type { Alert } from '../../core/schema/alert.ts';
import type { Webhook } from '../../core/schema/webhook.ts';
import type { StageDeps } from '../../core/stages.ts';
import { toAlertLinks, toToldAlert } from '../feeds/to-feed-message.ts';
import { type Ledger, toIdempotencyKey } from './ledger.ts';
import { type PostDeps, post } from './post.ts';
import { RetryLane } from './retry-lane.ts';
import { toSignedHeaders } from './signature.ts';

export interface WebhookCallsOptions extends StageDeps, PostDeps {
  resources: Pick<Resources, 'webhooks'>;
  secrets: Pick<Secrets, 'service'>;
  ledger: Ledger;
}

const giveUpAfterMs = 3_600_000;
const deadlineMs = 5000;
const backoff = { baseMs: 1000, maxMs: 300_000 };
const concurrency = 4;
const maxWaiting = 10_000;

/** Tells other systems of alerts, at least once. */
export class WebhookCalls {
  readonly #options: WebhookCallsOptions;
  readonly #lanes = new Map<string, RetryLane>();

  constructor(options: WebhookCallsOptions) {
    this.#options = options;
  }

  call(alert: Alert, { webhook: id }: CallWebhook): void {
    const { resources, ledger, clock } = this.#options;
    const deed = { action: 'webhook' as const, target: id };
    const webhook = resources.webhooks().find((one) => one.id === id);
    if (!webhook || !alert.place.startsWith(webhook.ground)) return; // it may not be told of this one
    const password = this.#passwordOf(webhook);
    if (password === undefined || !ledger.begin(alert, deed)) return;
    const fail = (detail: string): void => ledger.write(alert, { ...deed, outcome: 'failed', detail });
    const giveUpAt = alert.raisedAt + giveUpAfterMs;
    if (clock.now() > giveUpAt) {
      fail('could not be told within an hour');
      return;
    }
    const isTaken = this.#laneOf(id).add({
      giveUpAt,
      attempt: (signal) => this.#tell(webhook, password, alert, signal),
      onDone: () => ledger.write(alert, { ...deed, outcome: 'accepted' }),
      onFailed: ({ message }) => fail(message),
    });
    if (!isTaken) fail('too many alerts wait for this webhook');
  }

  async close(): Promise<void> {
    await Promise.all([...this.#lanes.values()].map((lane) => lane.close()));
  }

  /** Without it nothing can be sent; when the role is started with it, what is not too old is taken up. */
  #passwordOf({ id, credentials }: Webhook): string | undefined {
    const { secrets, log } = this.#options;
    try {
      return secrets.service(credentials).password;
    } catch (error) {
      log.error({ service: 'actions', webhook: id, err: error }, 'a webhook cannot be told of an alert');
      return undefined;
    }
  }

  async #tell(webhook: Webhook, password: string, alert: Alert, signal: AbortSignal): Promise<void> {
    const { clock } = this.#options;
    const id = toIdempotencyKey(alert.alertId, 'webhook', webhook.id);
    const body = JSON.stringify({
      schemaVersion: 1,
      type: 'alert.raised',
      alert: toToldAlert(alert),
      links: toAlertLinks(alert.alertId),
    });
    await post(this.#options, {
      url: webhook.url,
      body,
      headers: toSignedHeaders({ id, body, at: clock.now() }, password),
      deadlineMs,
      ground: { isPrivate: webhook.isPrivate ?? false },
      signal,
    });
  }

  #laneOf(webhookId: string): RetryLane {
    const lane =
      this.#lanes.get(webhookId) ??
      new RetryLane({ clock: this.#options.clock, concurrency, maxWaiting, backoff });
    this.#lanes.set(webhookId, lane);
    return lane;
  }
}
