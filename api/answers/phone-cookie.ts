/** One a link, for its addresses alone: several links may lie on one telephone. */
const name = 'xueliang_answer';

/** The telephone's secret among what a `Cookie` header brings (RFC 6265, section 4.2). */
export const readPhoneCookie = (header: string | undefined): string | undefined =>
  header
    ?.split(';')
    .map((pair) => pair.trim())
    .find((pair) => pair.startsWith(`${name}=`))
    ?.slice(name.length + 1);

/** What sets it. `secret` and `path` are of letters, digits, `-`, `_` and `/`, so that nothing has to be escaped. */
export const toPhoneCookie = (
  secret: string,
  { path, expiresAt, isSecure }: { path: string; expiresAt: number; isSecure: boolean },
): string =>
  [
    `${name}=${secret}`,
    `Path=${path}`,
    `Expires=${new Date(expiresAt).toUTCString()}`,
    'HttpOnly',
    'SameSite=Strict',
    ...(isSecure ? ['Secure'] : []),
  ].join('; ');
