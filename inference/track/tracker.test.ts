import { Compile } from 'typebox/compile';
import { describe, expect, test } from 'vitest';
import type { Detection } from '../../core/schema/detection.ts';
import { Box } from '../../core/schema/geometry.ts';
import { labels } from '../../core/schema/label.ts';
import { TrackRow } from '../../core/schema/track.ts';
import {
  createSeededRandom,
  freshSeed,
  type SeededRandom,
} from '../../test/fixtures/inference/seeded-random.ts';
import {
  confirmedIds,
  parkedCar,
  sceneStart,
  seen,
  show,
  walkerAt,
} from '../../test/fixtures/inference/staged-scene.ts';
import { createTracker } from './tracker.ts';

const newTracker = () => createTracker({ cameraId: 'gate-1', place: '431103110201' });
const isRow = Compile(TrackRow);
const isBox = Compile(Box);

const anyDetections = (random: SeededRandom): Detection[] =>
  Array.from({ length: random.whole(0, 12) }, () => {
    const number = (): number => (random.next() < 0.02 ? Number.NaN : random.between(-0.1, 1));
    return {
      label: labels[random.whole(0, 5)] ?? 'person',
      score: random.next(),
      box: { x: number(), y: number(), w: random.between(-0.02, 0.4), h: number() },
    };
  });

describe('createTracker', () => {
  test.each([
    ['10 fps', 100, 3],
    ['3 fps', 333, 3],
    ['2 fps', 500, 2],
    ['one frame in 5 s', 5_000, 2],
  ])('believes a track at %s', (_, stepMs, frames) => {
    const updates = show(newTracker(), { frames: 4, stepMs, sceneAt: () => [parkedCar] });

    expect(updates.map(({ tracks }) => tracks[0]?.isConfirmed)).toEqual(
      [1, 2, 3, 4].map((hits) => hits >= frames),
    );
  });

  test.each([100, 400, 250])('keeps a walker in one track at a frame every %i ms', (stepMs) => {
    // 2.5 box widths a second: at 400 ms two boxes of one walker do not touch.
    const sceneAt = (seconds: number) => [walkerAt(0.05 + 0.1 * seconds)];

    expect(confirmedIds(show(newTracker(), { frames: 20, stepMs, sceneAt }))).toHaveLength(1);
  });

  test('keeps two walkers apart who pass each other', () => {
    const sceneAt = (seconds: number) => [
      walkerAt(0.1 + 0.08 * seconds),
      walkerAt(0.8 - 0.08 * seconds, 0.42),
    ];

    const updates = show(newTracker(), { frames: 30, stepMs: 300, sceneAt });

    const [right, left] = confirmedIds(updates);
    const end = updates.at(-1)?.tracks ?? [];
    expect(confirmedIds(updates)).toHaveLength(2);
    expect(end.find(({ trackId }) => trackId === right)?.box.x).toBeCloseTo(0.8, 1);
    expect(end.find(({ trackId }) => trackId === left)?.box.x).toBeCloseTo(0.1, 1);
  });

  test('finds a walker again after a second behind something, and not after three', () => {
    const behind = (hiddenMs: number) => {
      const sceneAt = (seconds: number) => {
        const isHidden = seconds >= 2 && seconds < 2 + hiddenMs / 1000;
        return isHidden ? [] : [walkerAt(0.1 + 0.03 * seconds)];
      };
      return confirmedIds(show(newTracker(), { frames: 80, stepMs: 100, sceneAt }));
    };

    expect(behind(1_000)).toHaveLength(1);
    expect(behind(3_000)).toHaveLength(2);
  });

  test('does not start a track on weak boxes, but holds one by them for a while', () => {
    const tracker = newTracker();
    const weak = show(tracker, { frames: 10, stepMs: 100, sceneAt: () => [walkerAt(0.5, 0.4, 0.4)] });
    expect(weak.flatMap(({ tracks }) => tracks)).toEqual([]);

    const sceneAt = (seconds: number) => [walkerAt(0.5, 0.4, seconds < 0.5 ? 0.8 : 0.4)];
    const held = show(tracker, { frames: 60, stepMs: 100, sceneAt, from: sceneStart + 1_000 });
    expect(held[25]?.tracks[0]).toMatchObject({ isConfirmed: true, isSeenNow: true, score: 0.4 });
    expect(held.at(-1)?.tracks).toEqual([]);
    expect(held.flatMap(({ ended }) => ended)).toHaveLength(1);
  });

  test('needs less to be sure of a vehicle than of a person', () => {
    const sceneAt = () => [seen('car', parkedCar.box, 0.5), walkerAt(0.1, 0.4, 0.5)];

    const updates = show(newTracker(), { frames: 5, stepMs: 200, sceneAt });

    expect(updates.at(-1)?.tracks.map(({ label }) => label)).toEqual(['car']);
  });

  test('lets car, van and truck be one track under the label it is given most', () => {
    const sceneAt = (_: number, index: number) => [
      seen(index % 3 === 0 ? 'truck' : 'car', parkedCar.box),
      seen('person', parkedCar.box),
    ];

    const updates = show(newTracker(), { frames: 20, stepMs: 200, sceneAt });

    expect(updates.at(-1)?.tracks.map(({ label, hits }) => [label, hits])).toEqual([
      ['car', 20],
      ['person', 20],
    ]);
  });

  test('gives no track of its own to a second box of what is followed', () => {
    const sceneAt = (seconds: number) => [
      walkerAt(0.3),
      ...(seconds > 1 ? [walkerAt(0.313), walkerAt(0.33)] : []),
    ];

    const updates = show(newTracker(), { frames: 30, stepMs: 100, sceneAt });

    // Boxes 0.04 wide: shifted by 0.013 they overlap by a half, by 0.03 by a seventh.
    expect(updates.at(-1)?.tracks).toHaveLength(2);
  });

  test('does not shrink somebody of whom half is hidden for a moment', () => {
    const sceneAt = (seconds: number) => {
      const isHalf = seconds > 2 && seconds < 2.25;
      return [isHalf ? seen('person', { x: 0.3, y: 0.4, w: 0.04, h: 0.12 }, 0.3) : walkerAt(0.3)];
    };

    const updates = show(newTracker(), { frames: 30, stepMs: 100, sceneAt });

    expect(Math.min(...updates.map(({ tracks }) => tracks[0]?.box.h ?? 0))).toBeGreaterThan(0.17);
  });

  test('ends a track when its object walks out of the picture', () => {
    const sceneAt = (seconds: number) => (seconds < 2 ? [walkerAt(0.78 + 0.1 * seconds)] : []);

    const updates = show(newTracker(), { frames: 27, stepMs: 100, sceneAt });

    expect(updates.at(-1)?.tracks).toEqual([]);
    expect(updates.flatMap(({ ended }) => ended)).toMatchObject([
      { frames: 20, endedAt: sceneStart + 1_900 },
    ]);
  });

  test('tells of an ended track what the history wants to know', () => {
    const tracker = newTracker();
    show(tracker, {
      frames: 21,
      stepMs: 200,
      sceneAt: (seconds) => [walkerAt(0.1 + 0.1 * seconds), ...(seconds === 4 ? [walkerAt(0.8)] : [])],
    });

    const rows = tracker.flush(sceneStart + 5_000);

    expect(rows).toEqual([
      {
        trackId: `gate-1-${sceneStart.toString(36)}-0`,
        cameraId: 'gate-1',
        place: '431103110201',
        label: 'person',
        startedAt: sceneStart,
        endedAt: sceneStart + 4_000,
        frames: 21,
        bestScore: 0.8,
        path: [
          [0.12, 0.6],
          [0.52, 0.6],
        ],
      },
    ]);
  });

  test('gives the same ids for the same input and others to what starts later', () => {
    const sceneAt = (seconds: number) => [walkerAt(0.1 + 0.05 * seconds), parkedCar];
    const shots = { frames: 10, stepMs: 200, sceneAt };
    const first = show(newTracker(), shots);

    expect(show(newTracker(), shots)).toEqual(first);
    const later = show(newTracker(), { ...shots, from: sceneStart + 1 });
    expect(confirmedIds(later).filter((id) => confirmedIds(first).includes(id))).toEqual([]);
  });

  test('says only true things whatever comes, at whatever time', () => {
    const seed = freshSeed();
    const random = createSeededRandom(seed);
    const tracker = newTracker();
    let at = sceneStart;
    for (let frame = 0; frame < 1_500; frame++) {
      at += random.next() < 0.02 ? random.between(-1e7, 1e7) : random.between(-20, 400);
      const capturedAt = random.next() < 0.01 ? Number.NaN : at;
      const { tracks, ended } = tracker.update(anyDetections(random), capturedAt);
      const rows = random.next() < 0.005 ? [...ended, ...tracker.flush(at)] : ended;
      expect(
        rows.filter((row) => !isRow.Check(row)),
        `seed ${seed}`,
      ).toEqual([]);
      const odd = tracks.filter(({ box, stillMs }) => !isBox.Check(box) || !(stillMs >= 0));
      expect(odd, `seed ${seed}, frame ${frame}`).toEqual([]);
      expect(new Set(tracks.map(({ trackId }) => trackId)).size, `seed ${seed}`).toBe(tracks.length);
    }
  });

  test('follows no more than three hundred objects', () => {
    const random = createSeededRandom(7);
    const sceneAt = () =>
      Array.from({ length: 100 }, () =>
        seen('person', { x: random.next() * 0.98, y: random.next() * 0.98, w: 0.01, h: 0.02 }, 0.9),
      );

    const updates = show(newTracker(), { frames: 12, stepMs: 50, sceneAt });

    expect(Math.max(...updates.map(({ tracks }) => tracks.length))).toBe(300);
  });
});
