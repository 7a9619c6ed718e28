import { describe, expect, test } from 'vitest';
import { type LoadReading, type Pressure, PressureGauge, toStrain } from './pressure.ts';

const idle: LoadReading = {
  detector: { threads: 2, busyMs: 1000, handed: 50, lateMs: 300, latestMs: 0 },
  cameraThreads: [],
  main: { delayP99Ms: 0, busyShare: 0 },
  behind: 7,
  shed: 40,
};
type Change = Partial<Omit<LoadReading, 'detector'>> & { detector?: Partial<LoadReading['detector']> };
const after = ({ detector, ...change }: Change): LoadReading => ({
  ...idle,
  ...change,
  detector: { ...idle.detector, ...detector },
});
const thread = (busyShare: number) => ({ busyShare, delayP99Ms: 5 });

/** Whatever it is of. */
const highestOf = (pressure: Pressure): number => {
  const { lateness, fullness } = toStrain(pressure);
  return Math.max(lateness, fullness);
};

/** The pressure of the second in which `change` came about. */
const pressureOf = (change: Change): Pressure => {
  const gauge = new PressureGauge();
  gauge.read(idle, 5_000);
  return gauge.read(after(change), 6_000);
};

describe('PressureGauge', () => {
  test('feels nothing of a first reading, whatever was before it', () => {
    expect(highestOf(new PressureGauge().read(idle, 5_000))).toBe(0);
  });

  test.each<[keyof Pressure, string, Change, number]>([
    [
      'detectorBusy',
      'both threads at work all the time',
      { detector: { busyMs: 3000, handed: 150 } },
      1 / 0.95,
    ],
    ['detectorBusy', 'half of the time', { detector: { busyMs: 2000 } }, 0.5 / 0.95],
    ['detectorWait', 'frames that are 50 ms late', { detector: { handed: 60, lateMs: 800 } }, 0.5],
    ['detectorWait', 'a frame that nobody takes', { detector: { latestMs: 1000 } }, 10],
    ['behind', 'one late frame', { behind: 8 }, 0.5],
    ['behind', 'a fifth of the frames late', { behind: 17, detector: { handed: 90 } }, 1],
    ['behind', 'cameras that left, with their counters', { behind: 0 }, 0],
    ['cameraThread', 'one thread of two at its end', { cameraThreads: [thread(0.2), thread(1)] }, 1 / 0.98],
    ['mainThread', 'a main thread 50 ms late', { main: { delayP99Ms: 50, busyShare: 0.5 } }, 0.5],
  ])('measures %s by %s', (kind, _, change, expected) => {
    const pressure = pressureOf(change);

    expect(pressure[kind]).toBeCloseTo(expected);
    expect(highestOf(pressure)).toBeCloseTo(expected);
  });

  test.each<[string, Change, number]>([
    ['as much again where as many frames are kept back as looked at', { shed: 50 }, 0.5 / 0.95],
    ['a half of it where half as many are', { shed: 45 }, 0.25 / 0.95],
    ['nothing where none is', { shed: 40 }, 0],
    ['nothing where cameras left, with their counters', { shed: 0 }, 0],
  ])('reckons what the detector threads would have to do besides: %s', (_, change, expected) => {
    const pressure = pressureOf({ ...change, detector: { busyMs: 2000, handed: 60 } });

    expect(pressure.withheld).toBeCloseTo(expected);
    expect(highestOf(pressure)).toBeCloseTo(0.5 / 0.95);
  });

  test('tells what makes alerts late from what fills threads, and from what is kept back', () => {
    const pressure = {
      ...{ detectorBusy: 1, cameraThread: 0.9, detectorWait: 0.3, behind: 0.2, mainThread: 0.4 },
      withheld: 2,
    };

    expect(toStrain(pressure)).toEqual({ lateness: 0.4, fullness: 1, withheld: 2 });
  });

  test('gives numbers when two readings come at once', () => {
    const gauge = new PressureGauge();
    gauge.read(idle, 5_000);

    expect(Number.isFinite(highestOf(gauge.read(idle, 5_000)))).toBe(true);
  });
});
