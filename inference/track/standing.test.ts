import { describe, expect, test } from 'vitest';
import type { Detection } from '../../core/schema/detection.ts';
import type { Track } from '../../core/stages.ts';
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

const carAt = (x: number): Detection => ({ ...parkedCar, box: { ...parkedCar.box, x } });

const carOf = (tracks: readonly Track[] = []): Track | undefined =>
  tracks.find(({ label }) => label === 'car');

/** Comes from the left for two seconds and parks. */
const arriving = (seconds: number): Detection => carAt(Math.min(0.6, 0.05 + 0.275 * seconds));

describe('what stands', () => {
  test('is one track while somebody walks past, and stays still', () => {
    const sceneAt = (seconds: number): Detection[] => {
      const isHidden = seconds > 10 && seconds < 14;
      const visible = isHidden ? seen('car', { ...parkedCar.box, w: 0.08 }, 0.35) : parkedCar;
      return [visible, walkerAt(0.4 + 0.02 * seconds, 0.3)];
    };

    const updates = show(newTracker(), { frames: 60, stepMs: 333, sceneAt });

    expect(confirmedIds(updates)).toHaveLength(2);
    expect(carOf(updates.at(-1)?.tracks)?.stillMs).toBeGreaterThan(19_000);
  });

  test.each([
    ['40 s behind a lorry', 40, 1],
    ['70 s', 70, 2],
  ])('is expected back after %s', (_, seconds, tracks) => {
    const sceneAt = (at: number) => (at < 10 || at >= 10 + seconds ? [parkedCar] : []);

    const updates = show(newTracker(), { frames: 270, stepMs: 333, sceneAt });

    expect(confirmedIds(updates)).toHaveLength(tracks);
  });

  test('is found again after the camera looked away, with the time counted', () => {
    const tracker = newTracker();
    const before = show(tracker, { frames: 30, stepMs: 200, sceneAt: () => [parkedCar, walkerAt(0.2)] });
    const after = show(tracker, {
      frames: 10,
      stepMs: 200,
      sceneAt: () => [parkedCar, walkerAt(0.4)],
      from: sceneStart + 5_800 + 15_000,
    });

    expect(carOf(after.at(-1)?.tracks)).toMatchObject({
      trackId: carOf(before[0]?.tracks)?.trackId,
      stillMs: 5_800 + 15_000 + 1_800,
    });
    expect(confirmedIds([...before, ...after]).length).toBe(3);
  });

  test('is not still while it drives, and counts from where it parks', () => {
    const updates = show(newTracker(), {
      frames: 61,
      stepMs: 200,
      sceneAt: (seconds) => [arriving(seconds)],
    });

    expect(confirmedIds(updates)).toHaveLength(1);
    expect(carOf(updates[9]?.tracks)?.stillMs).toBe(0);
    expect(carOf(updates.at(-1)?.tracks)?.stillMs).toBeGreaterThanOrEqual(9_000);
    expect(carOf(updates.at(-1)?.tracks)?.stillMs).toBeLessThanOrEqual(10_000);
  });

  test('stood at the start when it was there in the first seconds and has not moved since', () => {
    const updates = show(newTracker(), {
      frames: 60,
      stepMs: 500,
      sceneAt: (seconds) =>
        [
          parkedCar,
          arriving(seconds),
          ...(seconds > 12 ? [seen('bus', { x: 0.1, y: 0.7, w: 0.3, h: 0.2 })] : []),
        ].filter(({ box }, index) => index !== 1 || box.x < 0.42),
    });

    const stood = updates.at(-1)?.tracks.map(({ label, stoodAtStart }) => [label, stoodAtStart]);
    expect(stood).toEqual([
      ['car', true],
      ['bus', false],
    ]);
  });

  test('did not stand at the start when it was seen driving in', () => {
    const updates = show(newTracker(), {
      frames: 60,
      stepMs: 200,
      sceneAt: (seconds) => [arriving(seconds)],
    });

    expect(carOf(updates.at(-1)?.tracks)).toMatchObject({ isConfirmed: true, stoodAtStart: false });
  });

  test('is there at the start again after a break of the stream', () => {
    const tracker = newTracker();
    show(tracker, { frames: 60, stepMs: 500, sceneAt: () => [] });
    const late = show(tracker, {
      frames: 5,
      stepMs: 500,
      sceneAt: () => [parkedCar],
      from: sceneStart + 30_000,
    });
    expect(carOf(late.at(-1)?.tracks)?.stoodAtStart).toBe(false);

    const rows = tracker.flush(sceneStart + 40_000);
    const anew = show(tracker, {
      frames: 5,
      stepMs: 500,
      sceneAt: () => [parkedCar],
      from: sceneStart + 40_000,
    });

    expect(rows).toHaveLength(1);
    expect(carOf(anew.at(-1)?.tracks)?.stoodAtStart).toBe(true);
    expect(confirmedIds(anew)).not.toEqual([rows[0]?.trackId]);
  });

  test('does not gain an hour of standing when somebody sets the clock', () => {
    const tracker = newTracker();
    show(tracker, { frames: 10, stepMs: 200, sceneAt: () => [parkedCar] });
    const after = show(tracker, {
      frames: 2,
      stepMs: 200,
      sceneAt: () => [parkedCar],
      from: sceneStart + 3_600_000,
    });
    expect(carOf(after.at(-1)?.tracks)).toMatchObject({ hits: 12, stillMs: 1_800 + 60_000 + 200 });

    const back = show(tracker, { frames: 2, stepMs: 200, sceneAt: () => [parkedCar], from: sceneStart });
    expect(carOf(back.at(-1)?.tracks)).toMatchObject({ hits: 14, stillMs: 62_200 });
  });
});
