import { describe, expect, it } from 'vitest';
import { toClipTimes } from './clip-times.ts';

const frame = 40_000;

describe('toClipTimes', () => {
  it('starts at 0 and keeps the steps of a stream without reordering', () => {
    const times = toClipTimes([7_000_000, 7_000_000 + frame, 7_000_000 + 3 * frame]);

    expect(times).toEqual([
      { pts: 0, dts: 0, duration: 3600 },
      { pts: 3600, dts: 3600, duration: 7200 },
      { pts: 10_800, dts: 10_800, duration: 7200 },
    ]);
  });

  it('decodes as early as reordering needs: I P B B', () => {
    const times = toClipTimes([0, 3 * frame, frame, 2 * frame]);

    expect(times.map((time) => time.pts)).toEqual([0, 10_800, 3600, 7200]);
    expect(times.map((time) => time.dts)).toEqual([-3600, 0, 3600, 7200]);
  });

  it.each([
    ['no packet', [], []],
    ['one packet', [5], [{ pts: 0, dts: 0, duration: 3600 }]],
  ])('takes %s', (_, ptsUs, times) => {
    expect(toClipTimes(ptsUs)).toEqual(times);
  });

  it('moves pictures of one moment apart', () => {
    const times = toClipTimes([0, 0, 0, frame]);

    expect(times.map((time) => time.pts)).toEqual([0, 1, 2, 3600]);
  });

  it('has strictly growing decoding times that are never late, whatever the camera sends', () => {
    const seed = Math.floor(Math.random() * 2 ** 31);
    let state = seed;
    const random = (): number => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
      return state / 0x7fffffff;
    };
    for (let round = 0; round < 500; round++) {
      const ptsUs = Array.from({ length: 1 + Math.floor(random() * 40) }, () =>
        Math.floor(random() * 2_000_000),
      );
      const times = toClipTimes(ptsUs);
      const steps = times.slice(1).map((time, index) => time.dts - (times[index]?.dts ?? 0));
      expect(Math.min(...times.map((time) => time.pts)), `seed ${seed}`).toBe(0);
      expect(
        times.every((time) => time.dts <= time.pts),
        `seed ${seed}`,
      ).toBe(true);
      expect(
        steps.every((step) => step > 0),
        `seed ${seed}`,
      ).toBe(true);
    }
  });
});
