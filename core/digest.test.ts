import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { toAuthorization } from './digest.ts';

const credentials = { user: 'Mufasa', password: 'Circle Of Life' };

test('answers the digest challenge of RFC 2617 without qop as RFC 2069 does', () => {
  const challenge = 'Digest realm="testrealm@host.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093"';

  const answer = toAuthorization(challenge, credentials, 'GET', '/dir/index.html');

  expect(answer).toContain('username="Mufasa"');
  expect(answer).toContain('response="670fd8c2df070c60b045671b8b24ff02"');
  expect(answer).not.toContain('qop');
});

test('answers with qop when the camera asks for it', () => {
  const challenge = 'Digest realm="cam", nonce="abc", qop="auth,auth-int", algorithm=MD5';

  expect(toAuthorization(challenge, credentials, 'DESCRIBE', 'rtsp://10.1.2.3/x')).toMatch(
    /qop=auth, nc=00000001, cnonce="[0-9a-f]{16}"$/,
  );
});

test('counts the uses of a nonce, and gives back what the camera wants to see again', () => {
  const challenge = 'Digest realm="cam", nonce="abc", qop="auth", opaque="5ccc"';

  const answer = toAuthorization(challenge, credentials, 'PLAY', 'rtsp://10.1.2.3/x', 11);

  expect(answer).toMatch(/, opaque="5ccc", qop=auth, nc=0000000b, cnonce="[0-9a-f]{16}"$/);
});

test('answers a basic challenge', () => {
  expect(toAuthorization('Basic realm="cam"', { user: 'a', password: 'b' }, 'DESCRIBE', 'x')).toBe(
    'Basic YTpi',
  );
});

test.each(['', 'Bearer x', 'Digest realm="x"', 'Digest nonce="x", algorithm=SHA-512'])(
  "has no answer to '%s'",
  (challenge) => {
    expect(toAuthorization(challenge, credentials, 'DESCRIBE', 'x')).toBeUndefined();
  },
);

test('answers the SHA-256 challenge of RFC 7616', () => {
  const challenge = 'Digest realm="viid", qop="auth", algorithm=SHA-256, nonce="n1", opaque="o"';
  const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

  const answer = toAuthorization(challenge, credentials, 'POST', '/VIID/System/Register') ?? '';

  const cnonce = /cnonce="([0-9a-f]+)"/.exec(answer)?.[1];
  const secret = hash('Mufasa:viid:Circle Of Life');
  const expected = hash(`${secret}:n1:00000001:${cnonce}:auth:${hash('POST:/VIID/System/Register')}`);
  expect(answer).toContain(`response="${expected}", algorithm=SHA-256`);
});
