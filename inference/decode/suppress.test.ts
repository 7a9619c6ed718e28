import { describe, expect, test } from 'vitest';
import type { Label } from '../../core/schema/label.ts';
import {
  createSeededRandom,
  freshSeed,
  type SeededRandom,
} from '../../test/fixtures/inference/seeded-random.ts';
import { toLabelGroup } from '../label-group.ts';
import type { Candidate } from './candidate.ts';
import { candidateIou, suppress } from './suppress.ts';

const options = { maxIou: 0.5, limit: 200 };

const at = (label: Label, score: number, left: number, top = 0, size = 10): Candidate => ({
  label,
  score,
  left,
  top,
  right: left + size,
  bottom: top + size,
});

const anyLabels: readonly Label[] = ['person', 'car', 'truck', 'bus', 'bicycle'];

const anyCandidates = (random: SeededRandom): Candidate[] =>
  Array.from({ length: random.whole(0, 60) }, () =>
    at(
      anyLabels[random.whole(0, 4)] ?? 'person',
      random.next(),
      random.between(0, 40),
      random.between(0, 40),
      random.between(0, 20),
    ),
  );

describe('suppress', () => {
  test.each<[string, Label, Label, number]>([
    ['joins two boxes of one person', 'person', 'person', 1],
    ['joins a car and a truck', 'car', 'truck', 1],
    ['joins a bus and a car', 'bus', 'car', 1],
    ['joins a bicycle and a motorcycle', 'bicycle', 'motorcycle', 1],
    ['keeps a rider and the motorcycle', 'person', 'motorcycle', 2],
    ['keeps a person in front of a car', 'person', 'car', 2],
    ['keeps a bicycle on a car', 'bicycle', 'car', 2],
  ])('%s', (_, first, second, left) => {
    expect(suppress([at(first, 0.8, 0), at(second, 0.6, 1)], options)).toHaveLength(left);
  });

  test('keeps the best of a group whatever the order', () => {
    const weak = at('car', 0.3, 0);
    const best = at('truck', 0.9, 1);

    expect(suppress([weak, best], options)).toEqual([best]);
    expect(suppress([best, weak], options)).toEqual([best]);
  });

  test('keeps neighbours that overlap no more than is allowed', () => {
    const pair = [at('person', 0.9, 0), at('person', 0.8, 5)];

    expect(candidateIou(at('person', 1, 0), at('person', 1, 5))).toBeCloseTo(1 / 3);
    expect(suppress(pair, options)).toHaveLength(2);
    expect(suppress(pair, { ...options, maxIou: 0.3 })).toHaveLength(1);
  });

  test('leaves no more than the limit, best first', () => {
    const many = Array.from({ length: 30 }, (_, index) => at('person', index / 30, index * 20));

    const kept = suppress(many, { ...options, limit: 5 });

    expect(kept.map(({ left }) => left / 20)).toEqual([29, 28, 27, 26, 25]);
  });

  test('is done after one pass, keeps each group’s best and leaves no overlapping pair', () => {
    const seed = freshSeed();
    const random = createSeededRandom(seed);
    for (let round = 0; round < 100; round++) {
      const kept = suppress(anyCandidates(random), options);
      expect(suppress(kept, options), `seed ${seed}`).toEqual(kept);
      const clashes = kept.flatMap((a, index) =>
        kept
          .slice(index + 1)
          .filter((b) => toLabelGroup(a.label) === toLabelGroup(b.label) && candidateIou(a, b) > 0.5),
      );
      expect(clashes, `seed ${seed}`).toEqual([]);
    }
  });

  test('is nothing of nothing, and boxes without area suppress nobody', () => {
    expect(suppress([], options)).toEqual([]);
    expect(suppress([at('person', 0.9, 0, 0, 0), at('person', 0.8, 0, 0, 0)], options)).toHaveLength(2);
  });
});
