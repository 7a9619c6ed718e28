import { expect, test } from 'vitest';
import { createPasswordHash, createSecret, isSecretOf, parsePasswordHash } from './password-hash.ts';

const hash = await createPasswordHash('correct horse 蔡市');

test('a hash knows its secret and no other', async () => {
  expect(await isSecretOf('correct horse 蔡市', hash)).toBe(true);
  expect(await isSecretOf('correct horse 蔡 市', hash)).toBe(false);
});

test('a hash fits the schema of users and costs what it should', () => {
  expect(hash).toMatch(/^scrypt\$\d+\$\d+\$\d+\$[A-Za-z0-9+/=]+\$[A-Za-z0-9+/=]+$/);
  expect(parsePasswordHash(hash)).toMatchObject({ cost: 32_768, blockSize: 8, parallelization: 3 });
});

test.each(['admin', 'admin12345', 'aaaaaaaaaaaaaaaa', '12121212121212'])(
  'regression: the guessable secret %j gets no hash (WVP admin/admin)',
  async (secret) => {
    await expect(createPasswordHash(secret)).rejects.toMatchObject({ code: 'secret-weak' });
  },
);

const salt = Buffer.alloc(16, 7).toString('base64');
const key = Buffer.alloc(32, 7).toString('base64');

test.each([
  `scrypt$16384$8$1$${salt}$${key}`,
  `scrypt$1073741824$8$1$${salt}$${key}`,
  `scrypt$40000$8$1$${salt}$${key}`,
  `scrypt$32768$1$1$${salt}$${key}`,
  `scrypt$32768$8$900$${salt}$${key}`,
  `scrypt$32768$8$1$${Buffer.alloc(4).toString('base64')}$${key}`,
  `scrypt$32768$8$1$${salt}$${Buffer.alloc(8).toString('base64')}`,
  `scrypt$32768$8$1$${salt}$${key}$more`,
  `md5$32768$8$1$${salt}$${key}`,
  '21232f297a57a5a743894a0e4a801fc3',
  '',
])('regression: the hash %j is refused (WVP MD5 passwords)', (text) => {
  expect(() => parsePasswordHash(text)).toThrowError(expect.objectContaining({ code: 'hash-weak' }));
});

test('a generated secret is long, random and easy to type', () => {
  const secrets = Array.from({ length: 100 }, createSecret);

  expect(new Set(secrets).size).toBe(100);
  for (const secret of secrets) expect(secret).toMatch(/^[a-hj-km-np-zA-HJ-NP-Z2-9]{32}$/);
});
