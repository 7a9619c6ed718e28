import type { Secrets } from '../../core/config/secrets.ts';
import type { Resources } from '../../core/resources.ts';
import type { Loudspeaker } from '../../core/schema/loudspeaker.ts';
import { type PostDeps, post } from './post.ts';

export interface GatewayDeps extends PostDeps {
  resources: Pick<Resources, 'site'>;
  secrets: Pick<Secrets, 'service'>;
}

export interface GatewayCommand {
  recording: string;
  alertId?: string;
  /** The same however often it is tried. */
  idempotencyKey: string;
}

/** How often a loudspeaker may speak within an hour unless somebody says otherwise. */
export const defaultPerHour = 6;

const deadlineMs = 2000;

/** Has a gateway play a recording, once; resolves when it has said yes. Throws what `post` throws. */
export const commandGateway = async (
  deps: GatewayDeps,
  { gateway, device }: Loudspeaker,
  { recording, alertId, idempotencyKey }: GatewayCommand,
  signal: AbortSignal,
): Promise<void> => {
  const { resources, secrets } = deps;
  const credentials = gateway.credentials === undefined ? undefined : secrets.service(gateway.credentials);
  await post(deps, {
    url: gateway.url,
    body: JSON.stringify({ device, recording, alertId, idempotencyKey }),
    headers: {
      'idempotency-key': idempotencyKey,
      ...(credentials ? { authorization: toAuthorization(credentials) } : {}),
    },
    deadlineMs,
    ground: { isPrivate: false, networks: resources.site().allowedNetworks },
    signal,
  });
};

/** With a user it is HTTP Basic (RFC 7617), without one a bearer token (RFC 6750). */
const toAuthorization = ({ user, password }: { user?: string; password: string }): string =>
  user === undefined
    ? `Bearer ${password}`
    : `Basic ${Buffer.from(`${user}:${password}`, 'utf8').toString('base64')}`;
