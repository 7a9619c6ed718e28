import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const secretBytes = 32;
/** An id has no underscore, so it ends where the next one stands. */
const pattern = /^xlk_([a-z0-9][a-z0-9-]{0,47})_([\w-]{43})$/;
/** No secret has this hash that anybody knows: an unknown key is compared as a wrong one is. */
const nobodysHash = '0'.repeat(64);

/** Of 256 random bits (see `core/schema/api-key.ts`). */
const toKeyHash = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** A new secret: what is shown once, and what is kept. */
export const createKeySecret = (id: string): { shown: string; keyHash: string } => {
  const secret = randomBytes(secretBytes).toString('base64url');
  return { shown: `xlk_${id}_${secret}`, keyHash: toKeyHash(secret) };
};

/** Reads `Bearer xlk_<id>_<secret>` (RFC 6750). */
export const parseBearer = (header: string | undefined): { id: string; secret: string } | undefined => {
  const [, token = ''] = /^bearer ([\w-]{1,128})$/i.exec(header ?? '') ?? [];
  const [, id, secret] = pattern.exec(token) ?? [];
  return id === undefined || secret === undefined ? undefined : { id, secret };
};

/** Compared in constant time, also where there is no such key. */
export const isKeySecret = (secret: string, keyHash: string | undefined): boolean => {
  const isEqual = timingSafeEqual(
    Buffer.from(toKeyHash(secret), 'hex'),
    Buffer.from(keyHash ?? nobodysHash, 'hex'),
  );
  return isEqual && keyHash !== undefined;
};
