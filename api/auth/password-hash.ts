import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { apiError } from '../errors.ts';

/** From OWASP's password storage cheat sheet; of its equal choices the one that takes 32 MiB a check. */
const current = { cost: 2 ** 15, blockSize: 8, parallelization: 3 };
const minCost = 2 ** 15;
const maxCost = 2 ** 18;
const saltBytes = 16;
const keyBytes = 32;
const minSecretLength = 12;
/** 160 bits, in letters and digits that are not mistaken for each other when typed from a screen. */
const generatedLength = 32;
const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

interface ScryptHash {
  cost: number;
  blockSize: number;
  parallelization: number;
  salt: Buffer;
  key: Buffer;
}

/** Reads `scrypt$N$r$p$salt$key`. Throws `hash-weak` when it could be checked too cheaply or only at a ruinous price. */
export const parsePasswordHash = (text: string): ScryptHash => {
  const [name, cost, blockSize, parallelization, salt, key, ...rest] = text.split('$');
  const hash = {
    cost: Number(cost),
    blockSize: Number(blockSize),
    parallelization: Number(parallelization),
    salt: Buffer.from(salt ?? '', 'base64'),
    key: Buffer.from(key ?? '', 'base64'),
  };
  const isSound =
    name === 'scrypt' &&
    rest.length === 0 &&
    hash.cost >= minCost &&
    hash.cost <= maxCost &&
    Number.isInteger(Math.log2(hash.cost)) &&
    hash.blockSize === 8 &&
    hash.parallelization >= 1 &&
    hash.parallelization <= 4 &&
    hash.salt.length >= saltBytes &&
    hash.key.length === keyBytes;
  if (isSound) return hash;
  throw apiError(
    'hash-weak',
    `a password hash is not scrypt with N from ${minCost} to ${maxCost}, r 8, a ${saltBytes}-byte salt and a ${keyBytes}-byte key; make it with this program`,
  );
};

const derive = (secret: string, hash: Omit<ScryptHash, 'key'>): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const { cost, blockSize, parallelization } = hash;
    const options = { cost, blockSize, parallelization, maxmem: 256 * cost * blockSize };
    scrypt(secret.normalize('NFC'), hash.salt, keyBytes, options, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });

/** Makes the hash of a secret, with a salt of its own. Throws `secret-weak` for one shorter than 12 characters. */
export const createPasswordHash = async (secret: string): Promise<string> => {
  if (secret.length < minSecretLength || new Set(secret).size < minSecretLength / 2) {
    throw apiError(
      'secret-weak',
      `the secret is too easily guessed; use at least ${minSecretLength} characters that differ, or let one be generated`,
    );
  }
  const salt = randomBytes(saltBytes);
  const key = await derive(secret, { ...current, salt });
  const { cost, blockSize, parallelization } = current;
  return `scrypt$${cost}$${blockSize}$${parallelization}$${salt.toString('base64')}$${key.toString('base64')}`;
};

/** Whether the secret is the hash's, compared in constant time. Throws `hash-weak`. */
export const isSecretOf = async (secret: string, passwordHash: string): Promise<boolean> => {
  const hash = parsePasswordHash(passwordHash);
  return timingSafeEqual(await derive(secret, hash), hash.key);
};

/** Makes a random secret of more than 160 bits. */
export const createSecret = (): string => {
  const letters: string[] = [];
  while (letters.length < generatedLength) {
    for (const byte of randomBytes(generatedLength)) {
      // Bytes beyond a whole number of alphabets would make its first letters likelier.
      if (byte < Math.floor(256 / alphabet.length) * alphabet.length && letters.length < generatedLength) {
        letters.push(alphabet[byte % alphabet.length] ?? '');
      }
    }
  }
  return letters.join('');
};
