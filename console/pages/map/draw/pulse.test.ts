import { afterEach, expect, test, vi } from 'vitest';
import { keepPulsing } from './pulse.ts';

const stepMs = 66;

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const open = (isCalm = false) => {
  vi.useFakeTimers();
  vi.stubGlobal('matchMedia', () => ({ matches: isCalm }));
  let [isPulsing, drawn] = [true, 0];
  const stop = keepPulsing(
    () => isPulsing,
    () => drawn++,
  );
  return {
    stop,
    drawn: () => drawn,
    end: () => {
      isPulsing = false;
    },
  };
};

test('when the last pulse is over the rings are wiped once, and nothing is drawn after', () => {
  const pulse = open();
  vi.advanceTimersByTime(stepMs * 3);
  expect(pulse.drawn()).toBe(3);

  pulse.end();
  vi.advanceTimersByTime(stepMs * 5);

  expect(pulse.drawn()).toBe(4);
  pulse.stop();
});

test('nothing pulses where less motion is wanted, or once it is stopped', () => {
  const calm = open(true);
  vi.advanceTimersByTime(stepMs * 3);
  expect(calm.drawn()).toBe(0);
  calm.stop();

  const pulse = open();
  pulse.stop();
  vi.advanceTimersByTime(stepMs * 3);
  expect(pulse.drawn()).toBe(0);
});
