import { expect, test } from 'vitest';
import { SimulatedClock } from '../../core/runtime/simulated-clock.ts';
import { maxTierChanges } from '../../core/schema/explanation-bounds.ts';
import { TierHistory, type TierMoment } from './tier-history.ts';
import { defaultTierTimes, TierPolicy } from './tier-policy.ts';

/** A history and the policy that it looks on at, told the same, on a clock that stands at a full minute. */
class Watched {
  readonly clock = new SimulatedClock();
  readonly policy = new TierPolicy(5);
  readonly history = new TierHistory(this.clock, defaultTierTimes);
  readonly startAt = this.clock.now();
  readonly totals = {
    received: 0,
    decoded: 0,
    busyMs: 0,
    dropped: { quiet: 0, behind: 0, shed: 0, 'detector-busy': 0 },
  };

  opened(): void {
    this.policy.opened(this.clock.monotonic());
    this.history.opened();
  }

  changed(): void {
    this.policy.changed(this.clock.monotonic());
    this.history.changed();
  }

  keepAwake(holdMs: number): void {
    this.policy.keepAwake(this.clock.monotonic(), holdMs, 2);
    this.history.keepAwake(holdMs);
  }

  /** Ticks every second for so long. */
  async pass(seconds: number, moment: Partial<TierMoment> = {}): Promise<void> {
    for (let second = 0; second < seconds; second++) {
      await this.clock.advance(1000);
      const tier = this.policy.tier(this.clock.monotonic());
      this.history.tick({ tier, isLive: true, isLongGop: false, totals: this.totals, ...moment });
    }
  }

  /** Seconds since the start, tier and reason. */
  get changes() {
    const { tierChanges } = this.history.record();
    return tierChanges.map(({ at, tier, reason }) => [(at - this.startAt) / 1000, tier, reason]);
  }
}

test('tells when and why a camera woke and fell asleep', async () => {
  const camera = new Watched();
  camera.opened();
  await camera.pass(20);
  camera.changed();
  await camera.pass(3);
  camera.keepAwake(10_000);
  await camera.pass(30);

  expect(camera.changes).toEqual([
    [0, 'awake', 'opened'],
    [8, 'dormant', 'quiet'],
    [20, 'awake', 'picture-changed'],
    [33, 'dormant', 'quiet'],
  ]);
});

test('names what woke it, not what asked once it was awake', async () => {
  const camera = new Watched();
  await camera.pass(1);
  camera.keepAwake(5000);
  camera.changed();
  await camera.pass(2);

  expect(camera.changes).toEqual([[1, 'awake', 'scenario']]);
});

test('sums the time in each tier, and how long each reason held', async () => {
  const camera = new Watched();
  camera.opened();
  await camera.pass(5);
  camera.keepAwake(10_000);
  await camera.pass(25);

  expect(camera.history.record().minutes).toMatchObject([
    {
      from: camera.startAt,
      awakeMs: 14_000,
      dormantMs: 16_000,
      blindMs: 0,
      wokenMs: { opened: 8000, 'picture-changed': 0, scenario: 10_000, 'long-gop': 0 },
    },
  ]);
});

test('keeps time without a picture apart, and gives no reason for it', async () => {
  const camera = new Watched();
  camera.opened();
  await camera.pass(10, { isLive: false });

  expect(camera.history.record().minutes).toMatchObject([
    { awakeMs: 0, dormantMs: 0, blindMs: 10_000, wokenMs: { opened: 0 } },
  ]);
});

test('says that keyframes far apart have a sleeping camera decoded', async () => {
  const camera = new Watched();
  camera.opened();
  await camera.pass(20, { isLongGop: true });

  // Each second counts for the tier at its end.
  expect(camera.history.record().minutes[0]?.wokenMs).toMatchObject({ opened: 8000, 'long-gop': 13_000 });
});

test('counts into each minute what was done in it', async () => {
  const camera = new Watched();
  for (const _ of Array.from({ length: 90 })) {
    camera.totals.received += 25;
    camera.totals.decoded += 1;
    camera.totals.busyMs += 9;
    camera.totals.dropped.quiet += 24;
    await camera.pass(1);
  }

  expect(camera.history.record().minutes).toMatchObject([
    { received: 59 * 25, decoded: 59, busyMs: 59 * 9, dropped: { quiet: 59 * 24, shed: 0 } },
    { received: 31 * 25, decoded: 31, busyMs: 31 * 9, dropped: { quiet: 31 * 24, shed: 0 } },
  ]);
});

test('takes a machine that slept for no time watched', async () => {
  const camera = new Watched();
  await camera.clock.advance(3_600_000);
  await camera.pass(1);

  expect(camera.history.record().minutes[0]?.dormantMs).toBe(10_000);
});

test('remembers ten minutes and twenty changes, however long it watches', async () => {
  const camera = new Watched();
  for (const _ of Array.from({ length: 60 })) {
    camera.changed();
    await camera.pass(30);
  }
  const { minutes, tierChanges } = camera.history.record();

  expect(minutes).toHaveLength(10);
  expect(tierChanges).toHaveLength(maxTierChanges);
  expect(tierChanges.at(-1)?.at).toBe(camera.clock.now() - 24_000);
});

test('hands out what nobody can change behind its back', async () => {
  const camera = new Watched();
  camera.opened();
  await camera.pass(2);
  const before = camera.history.record();
  await camera.pass(2);

  expect(before.minutes[0]).toMatchObject({ awakeMs: 2000, wokenMs: { opened: 2000 } });
});
