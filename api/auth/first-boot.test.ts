import { expect, test } from 'vitest';
import type { User } from '../../core/schema/user.ts';
import { ensureFirstUser } from './first-boot.ts';
import { isSecretOf } from './password-hash.ts';

const boot = async (host: string, users: readonly User[]) => {
  const stored: User[] = [];
  const first = await ensureFirstUser({
    host,
    users,
    ground: '431103110',
    storeUser: async (user) => {
      stored.push(user);
    },
  });
  return { first, stored };
};

const somebody = { id: 'wang', ground: '431103110', passwordHash: 'scrypt$1$1$1$a$a' };

test('regression: beyond loopback the first user has a random secret of which only the hash is stored (WVP admin/admin)', async () => {
  const { first, stored } = await boot('0.0.0.0', []);

  expect(stored).toEqual([
    {
      ...{ id: 'admin', ground: '431103110', passwordHash: expect.any(String) },
      roles: ['securityAdministrator'],
    },
  ]);
  expect(first?.id).toBe('admin');
  expect(JSON.stringify(stored)).not.toContain(first?.secret);
  expect(await isSecretOf(first?.secret ?? '', stored[0]?.passwordHash ?? '')).toBe(true);
});

test('nobody is made where users exist or nobody else can reach', async () => {
  expect(await boot('0.0.0.0', [somebody])).toEqual({ first: undefined, stored: [] });
  expect(await boot('127.0.0.1', [])).toEqual({ first: undefined, stored: [] });
});
