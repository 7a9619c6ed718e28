import { createHmac } from 'node:crypto';

/** A secret with this beginning is base64; any other is taken as it is. */
const encodedPrefix = 'whsec_';

/**
 * Signs a message as the Standard Webhooks specification (version 1) says: HMAC-SHA256 over id, time and body, so that
 * a receiver can check it with a library and refuse what is older than five minutes.
 */
export const toSignedHeaders = (
  { id, body, at }: { id: string; body: string; at: number },
  secret: string,
): Record<string, string> => {
  const timestamp = String(Math.floor(at / 1000));
  const key = secret.startsWith(encodedPrefix)
    ? Buffer.from(secret.slice(encodedPrefix.length), 'base64')
    : Buffer.from(secret, 'utf8');
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` };
};
