import { describe, expect, it } from 'vitest';
import { SceneTime } from './scene-time.ts';

const frame = (ms: number, change: { capturedAt?: number; receivedAt?: number; ptsUs?: number } = {}) => ({
  capturedAt: 1_000_000 + ms,
  receivedAt: 1_000_050 + ms,
  ptsUs: ms * 1000,
  ...change,
});

describe('SceneTime', () => {
  it.each([
    ['all three agree', {}, 200],
    ['the camera’s clock is set back', { capturedAt: 5 }, 200],
    ['the camera’s clock is set forward', { capturedAt: 9_000_000 }, 200],
    ['our clock is set back', { receivedAt: 5 }, 200],
    ['stream time stands still', { ptsUs: 0 }, 200],
    ['capture is arrival and both are set back', { capturedAt: 5, receivedAt: 5 }, 200],
    ['everything goes back', { capturedAt: 5, receivedAt: 5, ptsUs: -1_000_000 }, 0],
  ])('goes on by the step that two of three tell: %s', (_, change, expected) => {
    const time = new SceneTime();
    time.advance(frame(0));

    expect(time.advance(frame(200, change)).gapMs).toBe(expected);
  });

  it.each([
    ['a dormant camera’s look', 15_000, false, false],
    ['a long silence', 25_000, false, true],
    ['a blink', 4000, true, false],
    ['a reconnect', 6000, true, true],
  ])('knows what breaks the thread: %s', (_, gapMs, isInterrupted, isBroken) => {
    const time = new SceneTime();
    time.advance(frame(0));
    if (isInterrupted) time.interrupt();

    expect(time.advance(frame(gapMs))).toMatchObject({ gapMs, isBroken });
  });

  it('settles after the start and after an interruption, not after a dormant camera’s looks', () => {
    const time = new SceneTime();
    const settling = [0, 2900, 3100, 30_000].map((ms) => time.advance(frame(ms)).isSettling);
    time.interrupt();
    settling.push(...[32_000, 34_900, 35_100].map((ms) => time.advance(frame(ms)).isSettling));

    expect(settling).toEqual([true, true, false, false, true, true, false]);
  });
});
