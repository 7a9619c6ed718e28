import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** 256 random bits: nothing to guess, so that a plain hash is enough to keep them by. */
export const tokenBytes = 32;

const tokenPattern = /^[\w-]{43}$/;

/** Whether a text may be a session's token. */
export const isToken = (text: string): boolean => tokenPattern.test(text);

/** Under what a session is kept: whoever reads the bucket cannot sign in with it. */
export const toSessionId = (token: string): string =>
  createHash('sha256').update(`session ${token}`).digest('base64url');

/**
 * What a page has to say with every change. It follows from the token, which a page cannot read: so it needs no place of
 * its own, and every session has another (OWASP: HMAC-based token pattern).
 */
export const toCsrfToken = (token: string): string =>
  createHmac('sha256', token).update('csrf').digest('base64url');

/** Compared in constant time. */
export const isCsrfTokenOf = (given: string, token: string): boolean => {
  const [a, b] = [Buffer.from(given), Buffer.from(toCsrfToken(token))];
  return a.length === b.length && timingSafeEqual(a, b);
};
