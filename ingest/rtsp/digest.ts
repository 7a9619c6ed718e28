import { createHash } from 'node:crypto';
import type { CameraCredentials } from '../../core/stages.ts';

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

const fieldOf = (challenge: string, name: string): string | undefined => {
  const [, quoted, bare] = new RegExp(`\\b${name}=(?:"([^"]*)"|([^\\s,]+))`, 'i').exec(challenge) ?? [];
  return quoted ?? bare;
};

/**
 * The answer to a `WWW-Authenticate` challenge: Basic (RFC 7617) or Digest with MD5 (RFC 2069, RFC 2617), the two
 * that cameras speak. Nothing for any other. `use` counts the requests signed with one nonce, from 1.
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
  if (!/^digest\b/i.test(challenge) || nonce === undefined || algorithm.toUpperCase() !== 'MD5') {
    return undefined;
  }
  const secret = md5(`${user}:${realm}:${password}`);
  const request = md5(`${method}:${uri}`);
  const hasQop = (fieldOf(challenge, 'qop') ?? '').split(',').some((part) => part.trim() === 'auth');
  const count = use.toString(16).padStart(8, '0');
  const cnonce = md5(`${nonce}:${uri}:${use}`).slice(0, 16);
  const response = hasQop
    ? md5(`${secret}:${nonce}:${count}:${cnonce}:auth:${request}`)
    : md5(`${secret}:${nonce}:${request}`);
  const opaque = fieldOf(challenge, 'opaque');
  const given = opaque === undefined ? '' : `, opaque="${opaque}"`;
  const qop = hasQop ? `, qop=auth, nc=${count}, cnonce="${cnonce}"` : '';
  return `Digest username="${user}", realm="${realm}", nonce="${nonce}", uri="${uri}", response="${response}"${given}${qop}`;
};
