import { expect, test } from 'vitest';
import { createSeededRandom, freshSeed } from '../../test/fixtures/inference/seeded-random.ts';
import { matchSituations } from './match-situations.ts';

const toleranceMs = 1000;
const truth = (startedMs: number, endedMs: number) => ({ scenarioId: 'a', startedMs, endedMs });
const alert = (startedMs: number, endedMs: number) => ({
  ...truth(startedMs, endedMs),
  raisedMs: startedMs,
});

test('pairs an alert with the situation whose span it overlaps', () => {
  const { pairs, missed, falseAlerts } = matchSituations(
    [truth(0, 5000), truth(20_000, 30_000)],
    [alert(21_000, 40_000)],
    toleranceMs,
  );

  expect(pairs).toEqual([[truth(20_000, 30_000), alert(21_000, 40_000)]]);
  expect(missed).toEqual([truth(0, 5000)]);
  expect(falseAlerts).toEqual([]);
});

test('lets an alert miss a situation by the tolerance and no more', () => {
  const situations = [truth(5000, 5000)];

  expect(matchSituations(situations, [alert(6000, 6000)], toleranceMs).pairs).toHaveLength(1);
  expect(matchSituations(situations, [alert(6001, 6001)], toleranceMs).falseAlerts).toHaveLength(1);
});

test('counts a second alert to one situation as a repeat, not as a false one', () => {
  const matches = matchSituations([truth(0, 10_000)], [alert(1000, 2000), alert(5000, 6000)], toleranceMs);

  expect(matches.pairs).toHaveLength(1);
  expect(matches.repeats).toEqual([alert(5000, 6000)]);
  expect(matches.falseAlerts).toEqual([]);
});

test('finds a pair for both when the first alert could serve either', () => {
  const long = alert(0, 9000);
  const short = alert(1000, 2000);

  const { pairs } = matchSituations([truth(1000, 2000), truth(8000, 9000)], [long, short], toleranceMs);

  expect(pairs).toEqual([
    [truth(1000, 2000), short],
    [truth(8000, 9000), long],
  ]);
});

/** The most pairs there can be, by trying every way to pair. */
const mostPairs = (
  choices: readonly (readonly number[])[],
  taken: ReadonlySet<number> = new Set(),
): number => {
  const [first, ...rest] = choices;
  if (!first) return 0;
  const skipped = mostPairs(rest, taken);
  const paired = first
    .filter((right) => !taken.has(right))
    .map((right) => 1 + mostPairs(rest, new Set([...taken, right])));
  return Math.max(skipped, ...paired);
};

test('makes as many pairs as there can be, and loses nobody', () => {
  const seed = freshSeed();
  const random = createSeededRandom(seed);
  const spans = (count: number) =>
    Array.from({ length: count }, () => {
      const start = random.whole(0, 20) * 1000;
      return [start, start + random.whole(0, 5) * 1000] as const;
    });
  for (let round = 0; round < 300; round++) {
    const truths = spans(random.whole(0, 5)).map(([start, end]) => truth(start, end));
    const alerts = spans(random.whole(0, 5)).map(([start, end]) => alert(start, end));
    const choices = truths.map((situation) =>
      alerts.flatMap((found, index) =>
        found.startedMs <= situation.endedMs + toleranceMs &&
        situation.startedMs <= found.endedMs + toleranceMs
          ? [index]
          : [],
      ),
    );

    const { pairs, missed, repeats, falseAlerts } = matchSituations(truths, alerts, toleranceMs);

    expect(pairs.length, `seed ${seed}, round ${round}`).toBe(mostPairs(choices));
    expect(pairs.length + missed.length).toBe(truths.length);
    expect(pairs.length + repeats.length + falseAlerts.length).toBe(alerts.length);
  }
});
