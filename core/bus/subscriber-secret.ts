import { randomBytes } from 'node:crypto';
import { hash } from 'bcryptjs';

/** 192 bits: nobody guesses it, however cheap the hash. */
const secretBytes = 24;
/** Low for that reason: nats-server computes the hash at every sign-in, on a core that the cameras need. */
const hashCost = 5;

/** A subscriber's secret, for them alone, and its hash as nats-server reads it. */
export const createSubscriberSecret = async (): Promise<{ secret: string; passwordHash: string }> => {
  const secret = randomBytes(secretBytes).toString('base64url');
  return { secret, passwordHash: await hash(secret, hashCost) };
};
