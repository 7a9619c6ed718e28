import { unusualStream } from '../unusual-stream.ts';

const maxUrlChars = 2048;

/** Whatever authority a URL of the camera's names, the request goes to the pinned one. */
const pin = (url: string, pinned: string): string => {
  const authority = /^[^/]+\/\/[^/?#]*/.exec(pinned)?.[0] ?? pinned;
  return url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, () => authority);
};

const isAbsolute = (url: string): boolean => /^[a-z][a-z0-9+.-]*:\/\//i.test(url);

/**
 * The URL that a camera's `a=control` (RFC 2326 appendix C.1.1), `Content-Base` or `Content-Location` names, seen from
 * `base`. As other clients do, a relative one is put behind the base with a slash, query or not: cameras expect that.
 *
 * All requests go over the one connection to the address that was checked. A camera behind a translated address names
 * another host here, one that was tampered with might too: scheme, host and port are always those of `pinned`.
 */
export const toControlUrl = (control: string | undefined, base: string, pinned: string): string => {
  const named = control ?? '*';
  if (!/^[\x21-\x7e]+$/.test(named)) throw unusualStream('an address that it names has odd characters');
  const isWhole = named === '*' || named === '';
  const url = isWhole
    ? base
    : isAbsolute(named)
      ? named
      : `${base.replace(/\/$/, '')}/${named.replace(/^\//, '')}`;
  if (url.length > maxUrlChars) throw unusualStream('an address that it names is too long');
  return pin(url, pinned);
};
