import { describe, expect, it } from 'vitest';
import { quarterMs } from '../../core/schema/normals.ts';
import type { Track } from '../../core/stages.ts';
import { type Quarter, QuarterTally } from './quarter-tally.ts';
import type { Scene } from './scene.ts';

const startAt = Date.UTC(2026, 0, 5, 12);
const stepMs = 10_000;

const trackOf = (trackId: string, startedAt: number, change: Partial<Track> = {}): Track => ({
  ...{ trackId, label: 'car', score: 0.9, box: { x: 0.4, y: 0.4, w: 0.1, h: 0.1 }, startedAt },
  ...{ seenAt: startedAt, hits: 9, isConfirmed: true, isSeenNow: true, stoodAtStart: false },
  ...{ stillMs: 0, speed: 0, ...change },
});

const sceneAt = (capturedAt: number, tracks: readonly Track[], change: Partial<Scene> = {}): Scene => ({
  ...{ now: capturedAt - startAt, gapMs: stepMs, isBroken: false, isSettling: false, tracks: [] },
  frame: { cameraId: 'gate-1', capturedAt, receivedAt: capturedAt, ptsUs: 0, clockQuality: 'rtcp', tracks },
  ...change,
});

/** Looks every ten seconds; gives the quarters that came to their end. */
const play = (
  tally: QuarterTally,
  {
    from = 0,
    minutes,
    tracksAt,
    isOnDuty = () => true,
  }: {
    from?: number;
    minutes: number;
    tracksAt: (at: number) => readonly Track[];
    isOnDuty?: (at: number) => boolean;
  },
): Quarter[] => {
  const looks = Array.from({ length: minutes * 6 }, (_, index) => startAt + from * 60_000 + index * stepMs);
  return looks.flatMap((at) => tally.look(sceneAt(at, tracksAt(at)), isOnDuty(at)) ?? []);
};

describe('QuarterTally', () => {
  it('counts every believed track once, in the quarter in which it began', () => {
    const early = trackOf('a', startAt + 60_000);
    const late = trackOf('b', startAt + quarterMs - 1000);
    const never = trackOf('c', startAt + 60_000, { isConfirmed: false });
    const [first] = play(new QuarterTally(), {
      minutes: 17,
      // The late one is believed when the next quarter has begun.
      tracksAt: (at) => [early, { ...late, isConfirmed: at > startAt + quarterMs + 20_000 }, never],
    });

    expect(first).toMatchObject({ startsAt: startAt, isWhole: true, wasOnDuty: true });
    expect(first?.counts).toEqual(new Map([['car', 2]]));
  });

  it('says when a quarter was not looked at all the while, or not on duty', () => {
    const begun = play(new QuarterTally(), { from: 5, minutes: 13, tracksAt: () => [] });
    const off = play(new QuarterTally(), {
      minutes: 17,
      tracksAt: () => [],
      isOnDuty: (at) => at > startAt + stepMs,
    });

    expect(begun).toMatchObject([{ isWhole: false }]);
    expect(off).toMatchObject([{ isWhole: true, wasOnDuty: false }]);
  });

  it('begins anew when the clock is set back, and goes on when it is set forth', () => {
    const tally = new QuarterTally();
    play(tally, { minutes: 10, tracksAt: () => [trackOf('a', startAt)] });

    expect(play(tally, { from: -30, minutes: 5, tracksAt: () => [] })).toEqual([]);
    expect(tally.running).toMatchObject({ startsAt: startAt - 2 * quarterMs, counts: new Map() });
    expect(play(tally, { from: 600, minutes: 5, tracksAt: () => [] })).toMatchObject([
      { startsAt: startAt - 2 * quarterMs, isWhole: false },
    ]);
  });

  it('counts what is seen again under another id, as the history does', () => {
    const tally = new QuarterTally();
    play(tally, { minutes: 2, tracksAt: () => [trackOf('a', startAt + 1000)] });
    play(tally, { from: 2, minutes: 2, tracksAt: () => [trackOf('a2', startAt + 121_000)] });

    expect(tally.running?.counts.get('car')).toBe(2);
  });
});
