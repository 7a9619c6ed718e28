import { cloudEventType, toFeedCloudEvent } from '../../core/cloud-event.ts';
import type { Secrets } from '../../core/config/secrets.ts';
import type { Webhook } from '../../core/schema/webhook.ts';
import { type PostDeps, post } from '../actions/post.ts';
import { toSignedHeaders } from '../actions/signature.ts';
import type { Receiver } from './feed.ts';
import { toFeedMessage } from './to-feed-message.ts';

export interface WebhookReceiverOptions extends PostDeps {
  secrets: Pick<Secrets, 'service'>;
}

const deadlineMs = 5000;

/** The feed of a webhook: each event a signed message, under an id that a repetition keeps. */
export const createWebhookReceiver = (webhook: Webhook, options: WebhookReceiverOptions): Receiver => {
  const { id, name, ground, url, credentials, format, isPrivate = false } = webhook;
  const isCloudEvent = format === 'cloudevents';
  return {
    ...{ id: `hook-${id}`, kind: 'webhook', name, ground },
    send: async (event, signal) => {
      const { password } = options.secrets.service(credentials);
      const told = toFeedMessage(event);
      const body = JSON.stringify(isCloudEvent ? toFeedCloudEvent(event, told) : told);
      const message = { id: `${event.eventId}.feed.${id}`, body, at: options.clock.now() };
      await post(options, {
        ...{ url, body, deadlineMs, signal, ground: { isPrivate } },
        headers: toSignedHeaders(message, password),
        ...(isCloudEvent ? { contentType: cloudEventType } : {}),
      });
    },
    close: async () => undefined,
  };
};
