import { expect, test } from 'vitest';
import type { Box } from '../../../core/schema/geometry.ts';
import { createSeededRandom, freshSeed } from '../../../test/fixtures/inference/seeded-random.ts';
import type { BlurredPart } from './blurred-part.ts';
import { CoverPlan, type Look } from './cover-plan.ts';

const at = (x: number, y = 0.5): Box => ({ x, y, w: 0.1, h: 0.2 });
const look = (ms: number, boxes: readonly Box[], part: BlurredPart = 'whole'): Look => ({
  ptsUs: ms * 1000,
  found: boxes.map((box) => ({ box, part })),
});
const isInside = (inner: Box, outer: Box): boolean =>
  inner.x >= outer.x - 1e-9 &&
  inner.y >= outer.y - 1e-9 &&
  inner.x + inner.w <= outer.x + outer.w + 1e-9 &&
  inner.y + inner.h <= outer.y + outer.h + 1e-9;
const covers = (plan: CoverPlan, ms: number, box: Box): boolean =>
  plan.at(ms * 1000).some((covered) => isInside(box, covered.box));

test('between two looks all of the way is covered', () => {
  const plan = CoverPlan.of([look(0, [at(0.1)]), look(200, [at(0.14)])]);

  for (const share of [0, 0.25, 0.5, 1]) expect(covers(plan, 200 * share, at(0.1 + 0.04 * share))).toBe(true);
});

test('who is missed at looks in between is covered on the way', () => {
  const plan = CoverPlan.of([look(0, [at(0.1)]), look(200, []), look(400, []), look(600, [at(0.16)])]);

  for (const ms of [100, 200, 300, 400, 500]) expect(covers(plan, ms, at(0.1 + ms * 0.0001))).toBe(true);
});

test('what was found is held for more than a look before and after, on its way, and then let go', () => {
  const plan = CoverPlan.of([
    look(0, []),
    look(400, [at(0.1)]),
    look(600, [at(0.12)]),
    look(800, []),
    look(2000, []),
  ]);

  expect(covers(plan, 200, at(0.08))).toBe(true);
  expect(covers(plan, 800, at(0.14))).toBe(true);
  expect(covers(plan, 800, at(0.12))).toBe(true);
  expect(plan.at(0)).toEqual([]);
  expect(plan.at(1_000_000)).toEqual([]);
});

test('two who pass each other are covered, whichever is taken for which', () => {
  const plan = CoverPlan.of([look(0, [at(0.4), at(0.5)]), look(200, [at(0.5), at(0.4)])]);

  const covered = plan.at(100_000).map(({ box }) => box);
  for (let x = 0.4; x < 0.6; x += 0.01)
    expect(covered.some((box) => box.x <= x + 1e-9 && x <= box.x + box.w)).toBe(true);
  for (const ms of [0, 200]) for (const x of [0.4, 0.5]) expect(covers(plan, ms, at(x))).toBe(true);
});

test('a vehicle is never joined with somebody beside it', () => {
  const plan = CoverPlan.of([look(0, [at(0.1)], 'lower'), look(200, [at(0.12)])]);

  for (const { box } of plan.at(100_000)) expect(box.w).toBeCloseTo(0.1);
});

test('nothing found, nothing covered', () => {
  expect(CoverPlan.of([]).at(5)).toEqual([]);
  expect(CoverPlan.of([look(0, [])]).at(0)).toEqual([]);
});

const seed = freshSeed();
test(`whatever was found is covered at its look, wherever boxes come and go (seed ${seed})`, () => {
  const random = createSeededRandom(seed);
  const share = (): number => random.whole(0, 900) / 1000;
  const looks = Array.from({ length: 60 }, (_, index) =>
    look(
      index * 200,
      Array.from({ length: random.whole(0, 6) }, () => at(share(), share())),
    ),
  );
  const plan = CoverPlan.of(looks);

  for (const [index, { found }] of looks.entries())
    for (const { box } of found)
      for (const offset of [-200, -100, 0, 100, 200])
        expect(covers(plan, index * 200 + offset, box), `look ${index}, ${offset} ms`).toBe(true);
});
