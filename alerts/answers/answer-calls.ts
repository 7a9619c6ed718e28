import type { Secrets } from '../../core/config/secrets.ts';
import type { AppError } from '../../core/errors.ts';
import type { Resources } from '../../core/resources.ts';
import type { AnswerCall } from '../../core/schema/answer.ts';
import type { Webhook } from '../../core/schema/webhook.ts';
import type { StageDeps } from '../../core/stages.ts';
import { type PostDeps, post } from '../actions/post.ts';
import { RetryLane } from '../actions/retry-lane.ts';
import { toSignedHeaders } from '../actions/signature.ts';

export interface AnswerCallsOptions extends StageDeps, PostDeps {
  resources: Pick<Resources, 'webhooks' | 'responders'>;
  secrets: Pick<Secrets, 'service'>;
}

const deadlineMs = 5000;
const backoff = { baseMs: 1000, maxMs: 30_000 };
const concurrency = 4;
const maxWaiting = 1000;

/**
 * Tells responders' webhooks of answer links, at least once, for as long as a link is good. The link is in memory and in
 * the message, and nowhere else: what is under way when the role ends is lost, and the dispatcher has it on the screen.
 */
export class AnswerCalls {
  readonly #options: AnswerCallsOptions;
  readonly #lanes = new Map<string, RetryLane>();

  constructor(options: AnswerCallsOptions) {
    this.#options = options;
  }

  /** Takes a call in hand; false when nobody can be told of it. */
  take(call: AnswerCall): boolean {
    const { resources, log } = this.#options;
    const webhook = resources.webhooks().find(({ id }) => id === call.webhook);
    const responder = resources.responders().find(({ id }) => id === call.responder);
    if (!webhook || responder?.webhook !== webhook.id) return false;
    const facts = { service: 'answers', alertId: call.alertId, responder: call.responder };
    return this.#laneOf(webhook.id).add({
      giveUpAt: call.expiresAt,
      attempt: (signal) => this.#tell(webhook, call, signal),
      onDone: () => {
        this.#count('delivered');
        log.info({ ...facts, webhook: webhook.id }, 'a responder was told');
      },
      onFailed: (reason: AppError) => {
        this.#count('failed');
        log.error({ ...facts, webhook: webhook.id, err: reason }, 'a responder was not told');
      },
    });
  }

  async close(): Promise<void> {
    await Promise.all([...this.#lanes.values()].map((lane) => lane.close()));
  }

  async #tell(webhook: Webhook, call: AnswerCall, signal: AbortSignal): Promise<void> {
    const { secrets, clock } = this.#options;
    const { callId, alertId, responder, url, expiresAt } = call;
    const { password } = secrets.service(webhook.credentials);
    const body = JSON.stringify({
      schemaVersion: 1,
      type: 'responder.dispatched',
      ...{ alertId, responder, phone: this.#phoneOf(responder), url, expiresAt },
    });
    const id = `${alertId}.answer-${callId}`;
    await post(this.#options, {
      ...{ url: webhook.url, body, deadlineMs, signal, ground: { isPrivate: webhook.isPrivate ?? false } },
      headers: toSignedHeaders({ id, body, at: clock.now() }, password),
    });
  }

  #phoneOf(responder: string): string | undefined {
    return this.#options.resources.responders().find(({ id }) => id === responder)?.phone;
  }

  #laneOf(webhookId: string): RetryLane {
    const { clock } = this.#options;
    const lane = this.#lanes.get(webhookId) ?? new RetryLane({ clock, concurrency, maxWaiting, backoff });
    this.#lanes.set(webhookId, lane);
    return lane;
  }

  #count(outcome: 'delivered' | 'failed'): void {
    this.#options.metrics.count('xueliang_alerts_answer_links_total', 'What became of answer links', {
      outcome,
    });
  }
}
