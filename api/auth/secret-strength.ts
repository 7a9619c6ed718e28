import { apiError } from '../errors.ts';

/** What guessing begins with: makers' and programs' defaults, and the heads of every list of leaked passwords. */
const known = [
  ...['password', 'passwort', 'passw0rd', 'p@ssword', 'p@ssw0rd', 'passwd', 'secret', 'changeme', 'default'],
  ...['admin', 'administrator', 'root', 'operator', 'guest', 'user', 'test', 'login', 'welcome', 'letmein'],
  ...['qwerty', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm', 'qazwsx', '1qaz2wsx', 'woaini', 'iloveyou'],
  ...['xueliang', 'hikvision', 'dahua', 'tiandy', 'uniview', 'camera', 'monitor', 'shexiangtou'],
];
/** What has to be left when known words, the asker's own name and runs are taken out. */
const minRest = 8;

/** Characters that do not merely go on as the ones before: of `abcd1111` two. */
const withoutRuns = (text: string): string =>
  [...text]
    .filter((letter, index, all) => {
      const step = (letter.codePointAt(0) ?? 0) - (all[index - 1]?.codePointAt(0) ?? Number.NaN);
      return !(Math.abs(step) <= 1);
    })
    .join('');

/**
 * Refuses what is guessed in the first thousand tries (NIST SP 800-63B, 5.1.1.2: well-known secrets, runs, the user's own
 * name); length is for `createPasswordHash`. Throws `secret-weak`.
 */
export const requireStrongSecret = (secret: string, user: string): void => {
  const words = [...known, user].filter((word) => word.length > 3).sort((a, b) => b.length - a.length);
  const rest = words.reduce((text, word) => text.replaceAll(word, ''), secret.toLowerCase());
  if (withoutRuns(rest).length >= minRest) return;
  throw apiError(
    'secret-weak',
    'the secret is too easily guessed: a known word, the user’s own name or a run; use several words, or let one be generated',
  );
};
