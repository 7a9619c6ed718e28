import { expect, test } from 'vitest';
import { createSeededRandom } from '../../../test/fixtures/inference/seeded-random.ts';
import { byStart, type Candidate, matchParts } from './match-parts.ts';

/** `a1` is an alert of scenario a at camera 1; the third sign is the second at which it began. */
const candidate = (text: string, index: number): Candidate => ({
  alertId: `${text}-${index}`,
  scenarioId: text[0] ?? '',
  cameraId: text[1] ?? '',
  startedAt: Number(text[2] ?? index) * 1000,
});
const candidates = (text: string): Candidate[] =>
  text === '' ? [] : text.split(' ').map(candidate).sort(byStart);
const parts = (text: string) =>
  text.split(' ').map((part) => ({
    scenarios: [...(part.split(':')[0] ?? '')],
    cameras: Number(part.split(':')[1] ?? 1),
  }));
const show = (matched: Candidate[] | undefined): string | undefined =>
  matched?.map(({ alertId }) => alertId.slice(0, 2)).join(' ');

test.each([
  ['a', 'a1', 'a1'],
  ['a b', 'a1', undefined],
  ['a b', 'b1 a2', 'b1 a2'],
  ['a', '', undefined],
  ['a:3', 'a1 a1 a2', undefined],
  ['a:3', 'a1 a1 a2 a3', 'a1 a2 a3'],
  ['ab a', 'a1 b2', 'a1 b2'],
  ['ab ab a', 'a1 a2 b3', 'a1 a2 b3'],
  ['ab:2 a:2', 'a1 a2 b1 b2', 'a1 a2 b1 b2'],
  ['a a', 'a1', undefined],
])('in any order %s is made of %s: %s', (wanted, given, expected) => {
  expect(show(matchParts(parts(wanted), candidates(given), false))).toBe(expected);
});

test.each([
  ['a b', 'a1 b1', 'a1 b1'],
  ['a b', 'b1 a1', undefined],
  ['a b', 'b1 a1 b2', 'a1 b2'],
  ['a:2 b', 'a1 b1 a2', undefined],
  ['a:2 b', 'a1 a1 a2 b1', 'a1 a2 b1'],
  ['a a', 'a1 a1', 'a1 a1'],
])('in order %s is made of %s: %s', (wanted, given, expected) => {
  expect(show(matchParts(parts(wanted), candidates(given), true))).toBe(expected);
});

/** Tries every way of giving each candidate to a part or to none. */
const canMatch = (
  wanted: ReturnType<typeof parts>,
  given: readonly Candidate[],
  filled: readonly ReadonlySet<string>[] = wanted.map(() => new Set<string>()),
): boolean => {
  if (wanted.every(({ cameras }, index) => (filled[index]?.size ?? 0) >= cameras)) return true;
  const [first, ...rest] = given;
  if (!first) return false;
  return [...wanted.keys(), -1].some((index) => {
    if (index < 0) return canMatch(wanted, rest, filled);
    if (!wanted[index]?.scenarios.includes(first.scenarioId) || filled[index]?.has(first.cameraId))
      return false;
    const next = filled.map((ids, at) => (at === index ? new Set([...ids, first.cameraId]) : ids));
    return canMatch(wanted, rest, next);
  });
};

test('finds a match in any order exactly when there is one', () => {
  const seed = 20_261_125;
  const { next: random } = createSeededRandom(seed);
  const pick = (text: string): string => text[Math.floor(random() * text.length)] ?? '';
  for (let round = 0; round < 500; round++) {
    const wanted = parts(
      Array.from(
        { length: 1 + Math.floor(random() * 3) },
        () => `${pick('abc')}${pick('abc')}:${pick('12')}`,
      ).join(' '),
    );
    const given = candidates(
      Array.from({ length: Math.floor(random() * 6) }, () => `${pick('abc')}${pick('123')}`).join(' '),
    );
    const matched = matchParts(wanted, given, false);

    expect(matched !== undefined, `seed ${seed}, round ${round}`).toBe(canMatch(wanted, given));
  }
});
