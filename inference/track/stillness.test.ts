import { describe, expect, test } from 'vitest';
import type { Box } from '../../core/schema/geometry.ts';
import { createSeededRandom, freshSeed } from '../../test/fixtures/inference/seeded-random.ts';
import { Stillness } from './stillness.ts';

const car: Box = { x: 0.4, y: 0.4, w: 0.2, h: 0.1 };
const shifted = (box: Box, dx: number, dy = 0): Box => ({
  ...box,
  x: box.x + dx * box.w,
  y: box.y + dy * box.h,
});

const seeing = (
  count: number,
  boxAt: (index: number) => Box,
  stillness = new Stillness(car, 'four-wheeler'),
) => {
  for (let index = 0; index < count; index++) stillness.see(boxAt(index), 500);
  return stillness;
};

describe('Stillness', () => {
  test('counts the time in place through trembling boxes', () => {
    const seed = freshSeed();
    const random = createSeededRandom(seed);
    const tremble = (): number => random.between(-0.08, 0.08);

    const stillness = seeing(60, () => shifted(car, tremble(), tremble()));

    expect(stillness.stillMs, `seed ${seed}`).toBe(30_000);
    expect(stillness.hasMovedAway).toBe(false);
  });

  test.each([
    ['a car that drives', 0.4],
    ['a car that creeps', 0.15],
  ])('is not still for %s', (_, step) => {
    const stillness = seeing(40, (index) => shifted(car, step * index));

    expect(stillness.stillMs).toBeLessThanOrEqual(1_000);
    expect(stillness.hasMovedAway).toBe(true);
  });

  test('bears with a badly drawn box for a moment', () => {
    const stillness = seeing(10, () => car);
    seeing(2, () => shifted(car, 0.4), stillness);
    seeing(4, () => car, stillness);

    expect(stillness.stillMs).toBe(8_000);
  });

  test('bears longer with a box of which something hides a part', () => {
    const half: Box = { ...car, w: car.w / 2 };
    const stillness = seeing(10, () => car);
    seeing(16, () => half, stillness);
    seeing(1, () => car, stillness);

    expect(stillness.stillMs).toBe(13_500);
  });

  test('begins anew where it stops after having left', () => {
    const stillness = seeing(20, () => car);
    seeing(5, (index) => shifted(car, index + 1), stillness);
    seeing(7, () => shifted(car, 5), stillness);

    expect(stillness.stillMs).toBe(3_500);
  });

  test('counts from where it stops even when that is not far', () => {
    const stillness = seeing(10, () => car);
    seeing(9, () => shifted(car, 0.4), stillness);

    expect(stillness.stillMs).toBe(4_000);
  });

  test('believes a long gap only in part', () => {
    const stillness = new Stillness(car, 'four-wheeler');
    stillness.see(car, 15_000);
    expect(stillness.stillMs).toBe(15_000);

    stillness.see(car, 3_600_000);
    expect(stillness.stillMs).toBe(75_000);
  });

  test('lets a standing person’s box widen with a gesture', () => {
    const person: Box = { x: 0.5, y: 0.3, w: 0.04, h: 0.2 };
    const stillness = seeing(
      20,
      (index) => (index % 3 === 0 ? { ...person, w: 0.06 } : person),
      new Stillness(person, 'person'),
    );

    expect(stillness.stillMs).toBe(10_000);
  });
});
