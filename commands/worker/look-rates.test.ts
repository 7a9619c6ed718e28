import { describe, expect, test } from 'vitest';
import { createScenarioEngine } from '../../alerts/index.ts';
import { createLogger } from '../../core/log.ts';
import { createMetrics } from '../../core/metrics.ts';
import { SimulatedClock } from '../../core/runtime/simulated-clock.ts';
import type { Detection } from '../../core/schema/detection.ts';
import type { Scenario } from '../../core/schema/scenario.ts';
import type { Track } from '../../core/stages.ts';
import { createTracker } from '../../inference/index.ts';
import { FramePicker } from '../../ingest/gate/frame-picker.ts';
import { TierPolicy } from '../../ingest/gate/tier-policy.ts';
import { boxAt, cameraWith, intrusionWith, watersideWith } from '../../test/fixtures/alerts/rehearsal.ts';
import { LookRates } from './look-rates.ts';

const nominalFps = 2;
const still = { isConfirmed: true, stillMs: 60_000, speed: 0 } as Track;
const fast = { isConfirmed: true, stillMs: 0, speed: 6 } as Track;

const open = () => {
  const told: [holdMs: number, fps: number][] = [];
  const rates = new LookRates({ nominalFps, keepAwake: (_, holdMs, fps) => told.push([holdMs, fps]) });
  return { rates, told };
};

interface Looks {
  /** Seconds at which frames were looked at, and the alert was raised. */
  at: number[];
  alertAt: number | undefined;
}

/** A camera at 25 frames a second whose frames are looked at as often as tracker and scenarios ask for. */
const watch = (
  scenario: Scenario,
  seconds: number,
  seenAt: (second: number) => Detection[],
  doesChange = true,
): Looks => {
  const looks: Looks = { at: [], alertAt: undefined };
  const policy = new TierPolicy(nominalFps);
  policy.opened(0);
  const picker = new FramePicker(policy);
  const tracker = createTracker({ cameraId: 'gate-1', place: '431103110201' });
  let second = 0;
  const rates = new LookRates({
    nominalFps,
    keepAwake: (_, holdMs, fps) => policy.keepAwake(second * 1000, holdMs, fps),
  });
  const engine = createScenarioEngine({
    ...{ siteId: 's', timezone: 'Asia/Shanghai', modelId: 'm', idSource: () => '01HZZZZZZZZZZZZZZZZZ000001' },
    ...{ clock: new SimulatedClock(), log: createLogger({ level: 'silent' }), metrics: createMetrics() },
    output: {
      onEvent: ({ type }) => {
        if (type === 'raised') looks.alertAt = second;
      },
      onEvidenceWanted: () => undefined,
      onKeepAwake: (cameraId, holdMs, dueInMs) => rates.wish(cameraId, holdMs, dueInMs),
      onCrossing: () => undefined,
      onStandingWatch: (_, holdMs) => policy.keepAwake(second * 1000, holdMs, nominalFps),
    },
  });
  engine.setCamera({ camera: cameraWith(), scenarios: [scenario] });
  for (; second < seconds; second += 0.04) {
    if (doesChange) policy.changed(second * 1000);
    if (picker.pick(second * 1e6, second * 1000) !== 'taken') continue;
    looks.at.push(second);
    const capturedAt = 1e12 + second * 1000;
    const { tracks } = tracker.update(seenAt(second), capturedAt);
    const times = { capturedAt, receivedAt: capturedAt, ptsUs: second * 1e6, clockQuality: 'rtcp' as const };
    engine.observe({ cameraId: 'gate-1', tracks, ...times });
    rates.looked('gate-1', tracks);
  }
  return looks;
};

const looksIn = ({ at }: Looks, from: number, to: number): number =>
  at.filter((second) => second >= from && second < to).length;

const standing = (): Detection[] => [{ label: 'person', score: 0.9, box: boxAt(0.5, 0.5) }];

describe('LookRates', () => {
  test.each<[string, Track[], [holdMs: number, dueInMs: number] | undefined, [number, number]]>([
    ['a scenario that follows what stands there', [still], [5000, 60_000], [5000, 1]],
    ['an alert that is due soon', [still], [5000, 2_000], [5000, nominalFps]],
    ['an open situation', [still], [5000, Number.POSITIVE_INFINITY], [5000, 1]],
    ['a change that no scenario follows', [still], undefined, [0, nominalFps]],
    ['a motorcycle that no scenario follows yet', [fast], undefined, [0, 6]],
    ['an alert that is due within a second', [still], [5000, 500], [5000, 8]],
    ['a motorcycle in a zone', [fast], [5000, 5000], [5000, 6]],
  ])('asks the camera for what it takes: %s', (_, tracks, wish, expected) => {
    const { rates, told } = open();
    if (wish) rates.wish('a', ...wish);
    rates.looked('a', tracks);

    expect(told).toEqual([expected]);
  });

  test('forgets a wish once it is told', () => {
    const { rates, told } = open();
    rates.wish('a', 5000, 60_000);
    rates.looked('a', [still]);
    rates.looked('a', [still]);

    expect(told.at(-1)).toEqual([0, nominalFps]);
  });

  test.each(['5s', '20s', '33s', '61s'])(
    'never lets an alert after a dwell of %s come later than a fifth of a second',
    (dwell) => {
      const dwellSeconds = Number.parseInt(dwell, 10);
      const looks = watch(intrusionWith({ dwell }), dwellSeconds + 5, standing);

      expect(looks.alertAt).toBeGreaterThanOrEqual(dwellSeconds);
      expect(looks.alertAt).toBeLessThanOrEqual(dwellSeconds + 0.2);
    },
  );

  test('looks once a second at somebody who stands, though the picture goes on changing', () => {
    const looks = watch(intrusionWith({ dwell: '60s' }), 50, standing);

    expect(looksIn(looks, 10, 50)).toBe(40);
  });

  test('is back at the site’s own rate within a second of somebody setting off', () => {
    const looks = watch(intrusionWith({ dwell: '60s' }), 40, (second) => {
      const walked = Math.max(0, second - 20) * 0.08;
      return [{ label: 'person', score: 0.9, box: boxAt(0.35 + Math.min(0.3, walked), 0.5) }];
    });

    expect(looksIn(looks, 10, 20)).toBe(10);
    expect(looksIn(looks, 21.1, 23.1)).toBeGreaterThanOrEqual(4);
  });

  test('keeps a camera at the water awake before an empty picture that never changes, and is quick when somebody comes', () => {
    const looks = watch(watersideWith(), 130, (second) => (second > 120.3 ? standing() : []), false);

    for (let from = 10; from < 120; from += 10)
      expect(looksIn(looks, from, from + 10)).toBeGreaterThanOrEqual(19);
    expect(looksIn(looks, 10, 120)).toBeLessThan(230);
    expect(looks.alertAt).toBeLessThan(120.3 + 2);
  });
});
