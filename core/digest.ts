import { createHash } from 'node:crypto';
import type { CameraCredentials } from './stages.ts';

type Hash = (text: string) => string;

/** The algorithms of RFC 7616 that are spoken, by the names that challenges give them. */
const hashes: ReadonlyMap<string, Hash> = new Map(
  [
    ['MD5', 'md5'],
    ['SHA-256', 'sha256'],
  ].map(([name = '', algorithm = '']) => [
    name,
    (text: string): string => createHash(algorithm).update(text).digest('hex'),
  ]),
);

const fieldOf = (challenge: string, name: string): string | undefined => {
  const [, quoted, bare] = new RegExp(`\\b${name}=(?:"([^"]*)"|([^\\s,]+))`, 'i').exec(challenge) ?? [];
  return quoted ?? bare;
};

/**
 * The answer to a `WWW-Authenticate` challenge: Basic (RFC 7617) or Digest with MD5 or SHA-256 (RFC 2069,
 * RFC 2617, RFC 7616). Nothing for any other. `use` counts the requests signed with one nonce, from 1.
 */
export const toAuthorization = (
  challenge: string,
  { user = '', password = '' }: CameraCredentials,
  method: string,
  uri: string,
  use = 1,
): string | undefined => {
  if (/^basic\b/i.test(challenge)) {
    return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  }
  const realm = fieldOf(challenge, 'realm') ?? '';
  const nonce = fieldOf(challenge, 'nonce');
  const algorithm = fieldOf(challenge, 'algorithm') ?? 'MD5';
  const hash = hashes.get(algorithm.toUpperCase());
  if (!/^digest\b/i.test(challenge) || nonce === undefined || !hash) return undefined;
  const secret = hash(`${user}:${realm}:${password}`);
  const request = hash(`${method}:${uri}`);
  const hasQop = (fieldOf(challenge, 'qop') ?? '').split(',').some((part) => part.trim() === 'auth');
  const count = use.toString(16).padStart(8, '0');
  const cnonce = hash(`${nonce}:${uri}:${use}`).slice(0, 16);
  const response = hasQop
    ? hash(`${secret}:${nonce}:${count}:${cnonce}:auth:${request}`)
    : hash(`${secret}:${nonce}:${request}`);
  const opaque = fieldOf(challenge, 'opaque');
  const given = opaque === undefined ? '' : `, opaque="${opaque}"`;
  // RFC 2617 knew one algorithm: who does not name one is not told one.
  const named = algorithm === 'MD5' ? '' : `, algorithm=${algorithm}`;
  const qop = hasQop ? `, qop=auth, nc=${count}, cnonce="${cnonce}"` : '';
  return `Digest username="${user}", realm="${realm}", nonce="${nonce}", uri="${uri}", response="${response}"${named}${given}${qop}`;
};
