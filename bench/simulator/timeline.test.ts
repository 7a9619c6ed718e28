import { describe, expect, it } from 'vitest';
import { type CameraPlan, PlanCursor, showingsWithin } from './timeline.ts';

const plan: CameraPlan = {
  id: 'gate',
  parts: [
    { reelId: 'busy', frames: 50 },
    { reelId: 'quiet', frames: 100 },
  ],
  offsetFrames: 40,
};

describe('PlanCursor', () => {
  it('begins at the offset, goes through the parts and round again', () => {
    const cursor = new PlanCursor(plan);

    expect([0, 9, 10, 109, 110, 159, 160].map((n) => cursor.at(n))).toEqual([
      { reelId: 'busy', index: 40 },
      { reelId: 'busy', index: 49 },
      { reelId: 'quiet', index: 0 },
      { reelId: 'quiet', index: 99 },
      { reelId: 'busy', index: 0 },
      { reelId: 'busy', index: 49 },
      { reelId: 'quiet', index: 0 },
    ]);
  });

  it('finds a picture also when some before it were left out', () => {
    const cursor = new PlanCursor(plan);
    cursor.at(0);

    expect(cursor.at(1000)).toEqual({ reelId: 'quiet', index: 90 });
    expect(cursor.at(1010)).toEqual({ reelId: 'busy', index: 0 });
  });
});

describe('showingsWithin', () => {
  const firstAt = 1_000_000;

  it('gives the stretches that begin in the span, at the wall clock of their first picture', () => {
    const showings = showingsWithin(plan, firstAt, { from: firstAt, to: firstAt + 8000 });

    expect(showings).toEqual([
      { reelId: 'quiet', startsAt: firstAt + 400, endsAt: firstAt + 4400 },
      { reelId: 'busy', startsAt: firstAt + 4400, endsAt: firstAt + 6400 },
      { reelId: 'quiet', startsAt: firstAt + 6400, endsAt: firstAt + 10_400 },
    ]);
  });

  it('agrees with the cursor about every picture that begins a stretch', () => {
    const span = { from: firstAt + 3_600_000, to: firstAt + 3_620_000 };

    const showings = showingsWithin(plan, firstAt, span);

    const cursor = new PlanCursor(plan);
    expect(showings.length).toBeGreaterThan(4);
    for (const { reelId, startsAt } of showings) {
      expect(cursor.at((startsAt - firstAt) / 40)).toEqual({ reelId, index: 0 });
    }
  });
});
