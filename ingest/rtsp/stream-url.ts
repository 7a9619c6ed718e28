import type { CameraCredentials } from '../../core/stages.ts';
import { ingestError } from '../errors.ts';

/** FFmpeg keeps `user:password` of an RTSP URL in 128 bytes with a terminating zero and cuts off the rest. */
const maxEncodedBytes = 127;
/** FFmpeg keeps path and query of an RTSP URL in 1,024 bytes. */
const maxPathBytes = 1000;

/** `encodeURIComponent` leaves these alone, and FFmpeg's URL parser is not the WHATWG's. */
const encode = (text: string): string =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );

/** The URL with the secret query of a re-published address. As secret as a password. */
export const toQueriedUrl = (url: string, credentials: CameraCredentials | undefined): string => {
  const query = credentials?.query ?? '';
  if (query === '') return url;
  if (!/^[\x21\x24-\x3b\x3d\x3f-\x7e]+$/.test(query) || url.length + query.length > maxPathBytes) {
    throw ingestError(
      'credentials-invalid',
      `the camera's secret query is too long or has characters that a URL cannot carry; encode them`,
    );
  }
  return `${url}${url.includes('?') ? '&' : '?'}${query}`;
};

/** Throws `credentials-invalid` for a user name that neither a URL nor an Authorization header can carry. */
export const checkUserName = ({ user = '', password = '' }: CameraCredentials = {}): void => {
  if (user === '' && password === '') return;
  if (!/^[^:"\p{Cc}]+$/u.test(user)) {
    throw ingestError(
      'credentials-invalid',
      "the camera's user name is empty or has a colon, a quote or a control character in it",
    );
  }
};

/**
 * The URL with user name and password in it: for FFmpeg's eyes only, never to be logged, kept or sent.
 * Throws `credentials-invalid` without repeating them.
 */
export const toAuthenticatedUrl = (url: string, credentials: CameraCredentials | undefined): string => {
  const { user = '', password = '' } = credentials ?? {};
  const queried = toQueriedUrl(url, credentials);
  if (user === '' && password === '') return queried;
  checkUserName(credentials);
  const encoded = `${encode(user)}:${encode(password)}`;
  if (encoded.length > maxEncodedBytes) {
    throw ingestError(
      'credentials-invalid',
      `the camera's user name and password take ${encoded.length} characters in a URL; at most ${maxEncodedBytes} work`,
    );
  }
  return queried.replace('://', () => `://${encoded}@`);
};
