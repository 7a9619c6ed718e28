import { describe, expect, test } from 'vitest';
import type { Box } from '../../core/schema/geometry.ts';
import type { Track } from '../../core/stages.ts';
import { toPresent } from './presence.ts';

const now = 1_000_000;
const middle: Box = { x: 0.4, y: 0.4, w: 0.05, h: 0.2 };

const track = (trackId: string, missedMs: number, changes: Partial<Track> = {}): Track => ({
  ...{ trackId, label: 'person', score: 0.8, box: middle, startedAt: now - 9_000, seenAt: now - missedMs },
  ...{ hits: 9, isConfirmed: true, isSeenNow: missedMs === 0, stoodAtStart: false, stillMs: 0, speed: 1 },
  ...changes,
});

const presentAmong = (...tracks: Track[]): string[] =>
  toPresent({ tracks, capturedAt: now }).map(({ trackId }) => trackId);

describe('toPresent', () => {
  test('believes in what is confirmed, seen or missed a moment ago', () => {
    const fresh = track('new', 0, { isConfirmed: false });

    expect(
      presentAmong(track('seen', 0), track('missed', 200, { box: { ...middle, x: 0.1 } }), fresh),
    ).toEqual(['seen', 'missed']);
  });

  test('believes longer in what another covers', () => {
    const inFront = track('in front', 0, { box: { x: 0.38, y: 0.38, w: 0.09, h: 0.25 } });

    expect(presentAmong(inFront, track('behind', 800))).toEqual(['in front', 'behind']);
    expect(presentAmong(inFront, track('gone', 1_200))).toEqual(['in front']);
    expect(presentAmong(track('in the open', 800))).toEqual([]);
  });

  test.each<[string, Partial<Track>]>([
    ['is of another kind', { label: 'car' }],
    ['covers half of it', { box: { ...middle, x: 0.425 } }],
    ['is not seen itself', { isSeenNow: false, seenAt: now - 2_000 }],
  ])('does not take for a cover what %s', (_, changes) => {
    expect(presentAmong(track('other', 0, changes), track('lost', 800))).not.toContain('lost');
  });

  test.each<[string, Box]>([
    ['left', { ...middle, x: 0 }],
    ['right', { ...middle, x: 0.95 }],
    ['lower', { ...middle, y: 0.8 }],
  ])('lets go at the %s edge of the picture', (_, box) => {
    expect(presentAmong(track('leaving', 100, { box }))).toEqual([]);
  });
});
