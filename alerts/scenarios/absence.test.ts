import { expect, test } from 'vitest';
import { Absence } from './absence.ts';
import type { Scene } from './scene.ts';

const look = (second: number, gapSeconds: number, isRepeat = false): Scene => ({
  now: second * 1000,
  gapMs: gapSeconds * 1000,
  ...{ isBroken: false, isSettling: false, tracks: [] },
  frame: {
    ...{ cameraId: 'gate-1', tracks: [], clockQuality: 'rtcp', isRepeat },
    ...{ capturedAt: second * 1000, receivedAt: second * 1000, ptsUs: second * 1e6 },
  },
});

test('an absence takes three looks and the time between them', () => {
  const absence = new Absence();
  const lasted = [0, 15, 30].map((second) => {
    absence.note(look(second, second === 0 ? 0 : 15));
    return absence.hasLasted(30_000);
  });

  expect(lasted).toEqual([false, false, true]);
});

test('looks that were spared count as time, not as looks: what one missed the others would miss as well', () => {
  const absence = new Absence();
  absence.note(look(0, 0));
  for (const second of [15, 30, 45]) absence.note(look(second, 15, true));
  expect(absence.hasLasted(30_000)).toBe(false);

  absence.note(look(60, 15));
  absence.note(look(75, 15));

  expect(absence.hasLasted(75_000)).toBe(true);
});
