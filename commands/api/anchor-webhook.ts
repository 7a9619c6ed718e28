import { type PostDeps, post, toSignedHeaders } from '../../alerts/index.ts';
import type { SendAnchor } from '../../api/index.ts';
import type { Secrets } from '../../core/config/secrets.ts';
import type { AnchorWebhook } from '../../core/schema/anchor-webhook.ts';

const deadlineMs = 5000;

/** Sends anchors as webhooks are told of alerts: signed, each under an id of its own. */
export const createAnchorWebhook =
  (
    { url, credentials, isPrivate = false }: AnchorWebhook,
    deps: PostDeps & { secrets: Pick<Secrets, 'service'> },
  ): SendAnchor =>
  async (anchor, signal) => {
    const { password } = deps.secrets.service(credentials);
    const body = JSON.stringify(anchor);
    const message = { id: `anchor.${anchor.number}.${anchor.at}`, body, at: deps.clock.now() };
    await post(deps, {
      ...{ url, body, deadlineMs, signal, ground: { isPrivate } },
      headers: toSignedHeaders(message, password),
    });
  };
