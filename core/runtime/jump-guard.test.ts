import { expect, test } from 'vitest';
import { createJumpGuard } from './jump-guard.ts';
import { SimulatedClock } from './simulated-clock.ts';

const hour = 3_600_000;
const open = () => {
  const clock = new SimulatedClock();
  return { clock, isTrusted: createJumpGuard({ clock, maxJumpMs: hour, holdMs: 2 * hour }) };
};

test('believes a clock that is set right by seconds', () => {
  const { clock, isTrusted } = open();
  clock.jump(30_000);

  expect(isTrusted()).toBe(true);
});

test.each([30 * 24 * hour, -30 * 24 * hour])(
  'does not believe a clock that jumped by %i ms, until it has stayed there',
  async (jumpMs) => {
    const { clock, isTrusted } = open();
    clock.jump(jumpMs);
    const atOnce = isTrusted();
    await clock.advance(2 * hour - 1);
    const still = isTrusted();
    await clock.advance(1);

    expect([atOnce, still, isTrusted()]).toEqual([false, false, true]);
  },
);
