import { describe, expect, it } from 'vitest';
import { gopFrames, reelsOf } from './footage/reels.ts';
import { mainViews, mixedViews, townViews } from './footage/views.ts';
import { roundFrames } from './simulator/timeline.ts';
import { createTown } from './town.ts';

describe('createTown', () => {
  it('cuts every stretch at a keyframe', () => {
    const views = [...townViews, ...mixedViews, ...mainViews];
    const { cameras, plans } = createTown({ views, cameras: views.length, busyEverySeconds: 77 });

    for (const [index, { view }] of cameras.entries()) {
      expect(plans[index]?.parts.every(({ frames }) => frames % gopFrames(view) === 0)).toBe(true);
    }
  });

  it('keeps about the same number of cameras busy at any time', () => {
    const { plans } = createTown({ views: townViews, cameras: 126, busyEverySeconds: 130 });

    const positions = plans.map((plan) => plan.offsetFrames / roundFrames(plan)).sort((a, b) => a - b);
    const gaps = positions.slice(1).map((position, index) => position - (positions[index] ?? 0));
    expect(Math.max(...gaps)).toBeLessThan(0.03);
  });

  it('shows nothing but the quiet reel in a town where nothing happens', () => {
    const { plans } = createTown({
      views: townViews,
      cameras: 5,
      busyEverySeconds: Number.POSITIVE_INFINITY,
    });

    expect(plans.flatMap(({ parts }) => parts).every(({ reelId }) => reelId.endsWith('-quiet'))).toBe(true);
  });
});

describe('reelsOf', () => {
  it('gives each thing that happens a reel of its own, with the empty view at either end', () => {
    const names = townViews.flatMap(reelsOf).map(({ id }) => id);

    expect(new Set(names).size).toBe(names.length);
  });

  it('lets enough happen that is over within a GOP, and at night', () => {
    const happenings = townViews.flatMap(reelsOf).filter(({ window }) => window);

    expect(happenings.length).toBeGreaterThanOrEqual(60);
    expect(happenings.filter(({ view }) => view.pace === 'brief').length).toBeGreaterThanOrEqual(10);
    expect(happenings.filter(({ view }) => view.light === 'night').length).toBeGreaterThanOrEqual(5);
  });
});
