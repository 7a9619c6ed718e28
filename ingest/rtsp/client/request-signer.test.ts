import { expect, test } from 'vitest';
import { RequestSigner } from './request-signer.ts';

const credentials = { user: 'viewer', password: `p@ss:/?#&'"值${'long'.repeat(50)}` };
const digest = 'Digest realm="cam", nonce="a", qop="auth"';

test('signs nothing before it is asked to', () => {
  expect(new RequestSigner(credentials).sign('PLAY', 'x')).toBeUndefined();
});

test('prefers digest, and counts the requests of one nonce', () => {
  const signer = new RequestSigner(credentials);

  expect(signer.challenge(['Basic realm="cam"', digest])).toBe(true);

  expect(signer.sign('SETUP', 'x')).toMatch(/^Digest .*nc=00000001/);
  expect(signer.sign('PLAY', 'x')).toMatch(/^Digest .*nc=00000002/);
});

test('does not try a refused password again, but takes a new nonce', () => {
  const signer = new RequestSigner(credentials);

  const tries = [digest, digest, `${digest}, stale=true`, digest.replace('"a"', '"b"')].map((challenge) =>
    signer.challenge([challenge]),
  );

  expect(tries).toEqual([true, false, true, true]);
});

test.each([
  ['nothing to sign with', undefined, digest],
  ['no user', { password: 'x' }, digest],
  ['an unknown scheme', credentials, 'Bearer realm="cam"'],
])('gives up with %s', (_, given, challenge) => {
  expect(new RequestSigner(given).challenge([challenge])).toBe(false);
});
