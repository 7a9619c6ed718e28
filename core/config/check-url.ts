import type { DocumentPath } from './problem.ts';
import type { Report } from './read-site.ts';

/** Names under which platforms pass users, passwords and tokens in an address. */
const secretKey = /user|pass|pwd|token|secret|auth|key|sign/i;

export interface AddressRules {
  /** Without the colon; the first is the usual one. */
  schemes: readonly string[];
  /** Where what looks like a secret belongs. */
  secretsBelong: string;
}

/** Checks an address that the site gives: its scheme, and that it holds no secret. */
export const checkUrl = (
  text: string,
  { schemes, secretsBelong }: AddressRules,
  path: DocumentPath,
  report: Report,
): void => {
  const example = `${schemes[0]}://host[:port]/path`;
  if (!URL.canParse(text)) {
    report(path, `not an address; write ${example}`);
    return;
  }
  const url = new URL(text);
  const scheme = url.protocol.slice(0, -1);
  if (!schemes.includes(scheme)) {
    report(path, `the scheme '${scheme}' is not allowed; only ${schemes.join(' and ')} are`);
  }
  if (url.username !== '' || url.password !== '') {
    report(
      path,
      "holds a user name or password; take them out and name an entry of the secrets file under 'credentials'",
    );
  }
  const secret = [...url.searchParams.keys()].find((key) => secretKey.test(key));
  if (secret !== undefined) {
    report(path, `'${secret}' in its query looks like a secret; ${secretsBelong}`);
  }
  if (url.hostname === '') report(path, `names no host; write ${example}`);
};
