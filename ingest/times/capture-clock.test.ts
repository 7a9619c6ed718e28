import { expect, test } from 'vitest';
import { CaptureClock } from './capture-clock.ts';

const wall = 1_800_000_000_000;

/** A packet of stream time `streamMs` that arrives `delayMs` after it was sent, on a machine that started at `wall`. */
const arrival = (streamMs: number, delayMs: number, cameraOffsetMs?: number) => ({
  ptsUs: streamMs * 1000,
  arrivedMs: streamMs + delayMs,
  receivedAt: wall + streamMs + delayMs,
  producedAt: cameraOffsetMs === undefined ? undefined : wall + streamMs + cameraOffsetMs,
});

test('without RTCP takes the arrival of the quickest packet as the moment of light', () => {
  const clock = new CaptureClock();

  const captured = [arrival(0, 50), arrival(40, 300), arrival(80, 50)].map((packet) => clock.next(packet));

  expect(captured).toEqual([wall + 50, wall + 90, wall + 130]);
  expect(clock.quality).toBe('arrival');
  expect(clock.offsetMs).toBeUndefined();
});

test("takes the camera's clock when it is near ours, and tells how far it is off", () => {
  const clock = new CaptureClock();

  const captured = clock.next(arrival(0, 50, 20));

  expect(captured).toBe(wall + 20);
  expect(clock.quality).toBe('rtcp');
  expect(clock.offsetMs).toBe(-30);
});

test.each([
  [4_900, 'rtcp', false],
  [5_200, 'arrival', true],
  [-3_600_000, 'arrival', true],
])('judges a camera clock that is %i ms off', (offsetMs, quality, isFarOff) => {
  const clock = new CaptureClock();

  const captured = clock.next(arrival(0, 0, offsetMs));

  expect(clock.quality).toBe(quality);
  expect(clock.isFarOff).toBe(isFarOff);
  expect(clock.offsetMs).toBe(offsetMs);
  expect(captured).toBe(quality === 'rtcp' ? wall + offsetMs : wall);
});

test('follows a camera whose clock is set right', () => {
  const clock = new CaptureClock();
  clock.next(arrival(0, 0, -60_000));

  clock.next(arrival(40, 0, 10));

  expect(clock.offsetMs).toBe(10);
  expect(clock.quality).toBe('rtcp');
});

test('knows how late a picture is looked at', () => {
  const clock = new CaptureClock();
  clock.next(arrival(0, 50));
  clock.next(arrival(1000, 50));

  expect(clock.ageMs(1_000_000, 1050)).toBe(0);
  expect(clock.ageMs(0, 1050)).toBe(1000);
});

test('believes a lasting change of the path within a minute', () => {
  const clock = new CaptureClock();
  for (let ms = 0; ms < 10_000; ms += 40) clock.next(arrival(ms, 50));

  for (let ms = 10_000; ms < 75_000; ms += 40) clock.next(arrival(ms, 3050));

  expect(clock.ageMs(75_000_000, 78_050)).toBe(0);
});
