import { randomBytes } from 'node:crypto';
import { Kvm } from '@nats-io/kv';
import type { NatsConnection } from '@nats-io/transport-node';
import { isAppError } from '../errors.ts';
import { toBusError } from './connect-nats.ts';

const keyBytes = 32;

/** The key with which the site's API processes sign links: the first makes it, the others take it. Throws `bus-unavailable`. */
export const openLinkKey = async (nats: NatsConnection): Promise<Buffer> => {
  try {
    const kv = await new Kvm(nats).create('LINKS', { history: 1, max_bytes: 64 * 1024 });
    await kv.create('key', randomBytes(keyBytes)).catch((error: unknown) => {
      const translated = toBusError(error, 'key of links');
      if (!isAppError(translated) || translated.code !== 'bus-conflict') throw translated;
    });
    const entry = await kv.get('key');
    if (entry?.value.length === keyBytes) return Buffer.from(entry.value);
  } catch (error) {
    throw isAppError(error) ? error : toBusError(error, 'key of links');
  }
  throw toBusError(new Error('the key is damaged; remove it from the bucket LINKS'), 'key of links');
};
