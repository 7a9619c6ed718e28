import { expect, test } from 'vitest';
import { LastLook } from './last-look.ts';
import type { Luma } from './luma-gate.ts';

const [width, height] = [134, 101];

/** As many repeats as there may be, from the beginning. */
const late = (): number => 0.999;

const picture = (brightnessOf: (x: number, y: number) => number): Luma => ({
  width,
  height,
  pixels: Uint8Array.from({ length: width * height }, (_, at) =>
    brightnessOf(at % width, Math.floor(at / width)),
  ),
});

const road = picture((x, y) => 60 + ((x * 7 + y * 3) % 90));

/** A figure of six by six pixels, a little darker than what is behind it. */
const withFigure = ({ pixels }: Luma): Luma => {
  const inFigure = (x: number, y: number): boolean => x >= 66 && x < 72 && y >= 50 && y < 56;
  return picture((x, y) => (pixels[y * width + x] ?? 0) - (inFigure(x, y) ? 12 : 0));
};

/** Mulberry32. */
const noiseOf = (seed: number) => {
  let state = seed;
  return (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296 - 0.5;
  };
};

const withNoise = ({ pixels }: Luma, seed: number): Luma => {
  const noise = noiseOf(seed);
  return picture((x, y) => Math.round((pixels[y * width + x] ?? 0) + noise() * 12));
};

const emptyLook = (shown: Luma): LastLook => {
  const look = new LastLook(late);
  look.shown(shown);
  look.wasEmpty();
  return look;
};

test('the same picture need not be shown again when nothing was found in it', () => {
  expect(emptyLook(road).repeats(road)).toBe(true);
});

test('nothing stands for a look whose answer has not come, or in which something was', () => {
  const look = new LastLook(late);
  look.shown(road);

  expect(look.repeats(road)).toBe(false);
});

test('a picture shown later has its own answer', () => {
  const look = emptyLook(road);
  look.shown(road);

  expect(look.repeats(road)).toBe(false);
});

test.each([1, 2, 3])('sensor noise is no difference (seed %i)', (seed) => {
  expect(emptyLook(withNoise(road, seed)).repeats(withNoise(road, seed + 1000))).toBe(true);
});

test('a cloud over all of it is no difference', () => {
  const darker = picture((x, y) => (road.pixels[y * width + x] ?? 0) - 15);

  expect(emptyLook(road).repeats(darker)).toBe(true);
});

test('a figure too small and pale for the gate is one', () => {
  expect(emptyLook(road).repeats(withFigure(road))).toBe(false);
});

test('what changes slowly is compared with what was shown, not with the picture before', () => {
  const look = emptyLook(road);
  const evening = (step: number): Luma =>
    picture((x, y) => (road.pixels[y * width + x] ?? 0) + (x < 30 ? step : 0));

  expect([look.repeats(evening(1)), look.repeats(evening(2)), look.repeats(evening(3))]).toEqual([
    true,
    true,
    false,
  ]);
});

test('every fourth picture is looked at whatever it shows', () => {
  const look = emptyLook(road);

  expect([1, 2, 3, 4].map(() => look.repeats(road))).toEqual([true, true, true, false]);
});

test('after others were shown, or at another size, there is nothing to compare with', () => {
  const forgotten = emptyLook(road);
  forgotten.forget();
  const smaller: Luma = { width: 67, height: 50, pixels: new Uint8Array(67 * 50) };

  expect([forgotten.repeats(road), emptyLook(road).repeats(smaller)]).toEqual([false, false]);
});

test('the first run of repeats is shorter by chance, so that cameras that start together part', () => {
  const runs = [0, 0.25, 0.5, 0.999].map((chance) => {
    const look = new LastLook(() => chance);
    const runOf = (): number => {
      look.shown(road);
      look.wasEmpty();
      let run = 0;
      while (look.repeats(road)) run++;
      return run;
    };
    return [runOf(), runOf()];
  });

  expect(runs).toEqual([
    [0, 3],
    [1, 3],
    [2, 3],
    [3, 3],
  ]);
});
