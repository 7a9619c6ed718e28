import { JetStreamApiError } from '@nats-io/jetstream';
import { AuthorizationError, connect, type NatsConnection, TimeoutError } from '@nats-io/transport-node';
import type { AppError } from '../errors.ts';
import { withoutSecrets } from '../log.ts';
import { busError } from './errors.ts';

export interface BusAddress {
  url: string;
  user?: string | undefined;
  password?: string | undefined;
  name: string;
}

const connectTimeoutMs = 5000;
const reconnectBaseMs = 250;
const reconnectJitterMs = 1500;

/** Opens a NATS connection that reconnects for ever. Throws `bus-unavailable` or `bus-unauthorised`. */
export const connectNats = async ({ url, user, password, name }: BusAddress): Promise<NatsConnection> => {
  try {
    return await connect({
      servers: url,
      name,
      ...(user === undefined ? {} : { user }),
      ...(password === undefined ? {} : { pass: password }),
      timeout: connectTimeoutMs,
      maxReconnectAttempts: -1,
      reconnectTimeWait: reconnectBaseMs,
      reconnectJitter: reconnectJitterMs,
      // Each request would write down where it was asked for; our own errors say what was being done.
      noAsyncTraces: true,
    });
  } catch (error) {
    throw toBusError(error, withoutSecrets(url));
  }
};

/** JetStream's own numbers (server/errors.json of nats-server). */
const wrongLastSequence = 10_071;
const messageTooLarge = 10_054;
const noSpace: readonly number[] = [10_023, 10_047, 10_077];

/** Translates what the NATS client throws. `thing` says what was being done, without secrets. */
export const toBusError = (error: unknown, thing: string): AppError => {
  if (error instanceof JetStreamApiError) {
    if (error.code === wrongLastSequence) {
      return busError('bus-conflict', `${thing}: somebody else was there first`, { cause: error });
    }
    if (noSpace.includes(error.code) || /maximum bytes|insufficient|no space/i.test(error.message)) {
      return busError(
        'bus-full',
        `${thing}: the bus stream is full; raise site.bus.quota or free disk space`,
        {
          cause: error,
        },
      );
    }
    // Only what no retry can change is refused for good; limits of an account or a missing stream may be mended.
    return error.code === messageTooLarge
      ? busError('bus-refused', `${thing}: ${error.message}`, { cause: error })
      : busError('bus-unavailable', `${thing}: ${error.message}`, { cause: error });
  }
  if (
    error instanceof AuthorizationError ||
    (error instanceof Error && /authorization/i.test(error.message))
  ) {
    return busError(
      'bus-unauthorised',
      `${thing}: the bus refused user or password; check XUELIANG_NATS_USER and XUELIANG_NATS_PASSWORD`,
      {
        cause: error,
      },
    );
  }
  const reason =
    error instanceof TimeoutError ? 'no answer in time' : error instanceof Error ? error.message : 'failed';
  return busError(
    'bus-unavailable',
    `${thing}: ${reason}; check that nats-server runs and XUELIANG_NATS_URL is right`,
    {
      cause: error,
    },
  );
};
