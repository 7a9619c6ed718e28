import { describe, expect, test } from 'vitest';
import { createSeededRandom, freshSeed } from '../../test/fixtures/inference/seeded-random.ts';
import { AxisFilter } from './axis-filter.ts';

const filterAt = (position: number): AxisFilter =>
  new AxisFilter({ position, positionSigma: 0.01, velocitySigma: 0.5 });

describe('AxisFilter', () => {
  test('learns a constant velocity from frames at irregular times', () => {
    const filter = filterAt(0.1);
    let at = 0;
    for (const step of [0.1, 0.4, 0.2, 1, 0.1, 0.3, 0.7, 0.2]) {
      at += step;
      filter.predict(step, 0.05);
      filter.correct(0.1 + 0.08 * at, 0.01);
    }

    expect(filter.velocity).toBeCloseTo(0.08, 2);
    filter.predict(1, 0.05);
    expect(filter.position).toBeCloseTo(0.1 + 0.08 * (at + 1), 2);
  });

  test('grows as unsure in one step as in many short ones', () => {
    const [once, often] = [filterAt(0), filterAt(0)];
    once.predict(1, 0.3);
    for (let step = 0; step < 10; step++) often.predict(0.1, 0.3);

    expect(often.variance).toBeCloseTo(once.variance, 10);
  });

  test('does not move when no time passes', () => {
    const filter = filterAt(0.5);
    filter.predict(0, 1);

    expect([filter.position, filter.variance]).toEqual([0.5, 0.01 ** 2]);
  });

  test('stands still after resting', () => {
    const filter = filterAt(0);
    filter.predict(1, 0.1);
    filter.correct(0.3, 0.01);
    filter.rest(0.25, 0);
    filter.predict(5, 0);

    expect([filter.position, filter.velocity]).toEqual([0.25, 0]);
  });

  test('stays finite and never surer than certain, whatever comes', () => {
    const seed = freshSeed();
    const random = createSeededRandom(seed);
    const filter = filterAt(0.5);
    for (let step = 0; step < 2_000; step++) {
      filter.predict(random.between(0, 2), random.between(0, 2));
      if (random.next() < 0.7) filter.correct(random.between(-1, 2), random.between(1e-6, 0.5));
      expect(Number.isFinite(filter.position + filter.velocity), `seed ${seed}`).toBe(true);
      expect(filter.variance, `seed ${seed}`).toBeGreaterThanOrEqual(0);
    }
  });
});
