import { validateHeaderValue } from 'node:http';
import { describe, expect, test } from 'vitest';
import { toAuthorization } from '../../../core/digest.ts';
import { isAppError } from '../../../core/errors.ts';
import {
  createSeededRandom,
  freshSeed,
  type SeededRandom,
} from '../../../test/fixtures/inference/seeded-random.ts';
import { requireStatusOk } from './response-status.ts';

const rounds = 2000;
/** The longest that is read of an answer. */
const maxAnswerBytes = 64 * 1024;
const credentials = { user: 'xl', password: 'pass-of-the-view-library' };

const pick = <Item>(random: SeededRandom, items: readonly Item[]): Item =>
  items[random.whole(0, items.length - 1)] as Item;

const leaves = [0, 1, 7, -1, 1.5, Number.MAX_VALUE, '0', '7', '', null, true, '__proto__', 'ok', 2 ** 53];
const names = [
  'ResponseStatusListObject',
  'ResponseStatusObject',
  'StatusCode',
  '__proto__',
  'constructor',
  'x',
];
/** A value of the words of a view library, in any order and any depth. */
const wordsFrom = (random: SeededRandom, depth = 0): unknown => {
  const kind = depth > 4 ? 0 : random.whole(0, 3);
  if (kind === 0) return pick(random, leaves);
  const parts = Array.from({ length: random.whole(0, 4) }, () => wordsFrom(random, depth + 1));
  return kind === 1 ? parts : Object.fromEntries(parts.map((part) => [pick(random, names), part]));
};

/** Cut, doubled, or with some of its bytes changed. */
const damaged = (random: SeededRandom, text: string): string => {
  const bytes = Buffer.from(text);
  for (let times = random.whole(0, 4); times > 0 && bytes.length > 0; times--)
    bytes[random.whole(0, bytes.length - 1)] = random.whole(0, 255);
  return bytes.subarray(0, random.whole(0, bytes.length)).toString(pick(random, ['utf8', 'latin1']));
};

const refusalOf = (body: string): unknown => {
  try {
    requireStatusOk(body);
    return undefined;
  } catch (error) {
    return error;
  }
};

describe.each([1, 2, freshSeed()])('with seed %s', (seed) => {
  test('a body is taken, or refused with a code of ours and nothing that was answered but a number', () => {
    const random = createSeededRandom(seed);
    let refused = 0;
    for (let round = 0; round < rounds; round++) {
      const whole = JSON.stringify(wordsFrom(random));
      const refusal = refusalOf(random.next() < 0.5 ? whole : damaged(random, whole));
      if (refusal === undefined) continue;
      refused++;
      expect(isAppError(refusal) && refusal.code, `round ${round}`).toMatch(/^service-(refused|failing)$/);
      expect(String(refusal)).toMatch(/answered StatusCode -?[\d.e+]+$/);
    }
    expect(refused).toBeGreaterThan(0);
  });

  test('a challenge is answered with what a header may hold, or not at all, and never with the password', () => {
    const random = createSeededRandom(seed);
    const challenge = 'Digest realm="viid", nonce="n0", qop="auth,auth-int", algorithm=SHA-256, opaque="o"';
    let answered = 0;
    for (let round = 0; round < rounds; round++) {
      // As Node's parser lets a header's value through: no control characters.
      const given = damaged(random, challenge.repeat(random.whole(1, 3))).replaceAll(
        /[^\t\x20-\x7e\x80-\xff]/g,
        '',
      );
      const authorization = toAuthorization(given, credentials, 'POST', '/VIID/System/Register');
      if (!authorization?.startsWith('Digest ')) continue;
      answered++;
      expect(() => validateHeaderValue('authorization', authorization), `round ${round}`).not.toThrow();
      expect(authorization).not.toContain(credentials.password);
    }
    expect(answered).toBeGreaterThan(0);
  });
});

test.each([
  ['brackets', '['.repeat(maxAnswerBytes)],
  ['a deep object', '{"ResponseStatusObject":'.repeat(2000)],
  ['a long list', `{"ResponseStatusObject":[${'{"StatusCode":0},'.repeat(3000)}{"StatusCode":0}]}`],
])('%s is read before a test gives up, and breaks nothing', (_what, body) => {
  expect(refusalOf(body)).toBeUndefined();
});

test.each([['realm="'], ['nonce='], ['nonce="x", qop="'], [', '], ['\t']])(
  'a challenge of %j repeated is answered before a test gives up',
  (part) => {
    const header = `Digest ${part.repeat(16_000 / part.length)}`;

    expect(() => toAuthorization(header, credentials, 'POST', '/')).not.toThrow();
  },
);
