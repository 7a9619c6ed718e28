import { expect, test } from 'vitest';
import { createSecret } from './password-hash.ts';
import { requireStrongSecret } from './secret-strength.ts';

test.each([
  'admin1234567',
  'password1234',
  'P@ssw0rd2026',
  'Hikvision12345',
  'xueliang2026!',
  'abcdefghijklmnop',
  '123456789012',
  '111111111111',
  'qwertyuiop12',
  'wangwang2026',
  'adminadminadmin',
  '',
])('regression: %s is refused (WVP admin/admin, Kerberos root/root)', (secret) => {
  expect(() => requireStrongSecret(secret, 'wang')).toThrow(expect.objectContaining({ code: 'secret-weak' }));
});

test.each(['correct horse battery', '村口的老槐树下有三条石凳', createSecret()])('%s is taken', (secret) => {
  expect(() => requireStrongSecret(secret, 'wang')).not.toThrow();
});
