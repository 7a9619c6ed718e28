import { Minutes } from '../../core/minutes.ts';
import type { Clock } from '../../core/runtime/clock.ts';
import { dropReasons } from '../../core/schema/drop-reasons.ts';
import type { TierChange, WakeReason } from '../../core/schema/explanation.ts';
import { maxTierChanges } from '../../core/schema/explanation-bounds.ts';
import type { DropReason, Tier } from '../../core/schema/health.ts';
import type { CameraRecord } from '../../core/stages.ts';
import type { TierTimes } from './tier-policy.ts';

/** What a camera did over all time. */
interface Totals {
  readonly received: number;
  readonly decoded: number;
  readonly busyMs: number;
  readonly dropped: Readonly<Record<DropReason, number>>;
}

/** How a camera is at a tick. */
export interface TierMoment {
  tier: Tier;
  isLive: boolean;
  /** Everything is decoded although it sleeps: its keyframes are too far apart. */
  isLongGop: boolean;
  totals: Totals;
}

interface Counts {
  awakeMs: number;
  dormantMs: number;
  blindMs: number;
  readonly wokenMs: Record<WakeReason, number>;
  received: number;
  decoded: number;
  busyMs: number;
  readonly dropped: Record<DropReason, number>;
}

/** A tick that is later than this was not late: the machine slept. */
const longestTickMs = 10_000;

/**
 * Remembers for some minutes which tier a camera was in and why, and what became of its frames. It decides nothing: it
 * is told what the policy is told, and looks every second.
 */
export class TierHistory {
  readonly #clock: Clock;
  readonly #times: Pick<TierTimes, 'openAwakeMs' | 'changeAwakeMs'>;
  readonly #minutes = new Minutes<Counts>(createCounts);
  /** Until when each reason holds, by the monotonic clock. */
  readonly #until = new Map<WakeReason, number>();
  #changes: TierChange[] = [];
  #tier: Tier = 'dormant';
  /** What asked first since it fell asleep. */
  #waking: Omit<TierChange, 'tier'> | undefined;
  #before: Totals = { received: 0, decoded: 0, busyMs: 0, dropped: createDropped() };
  #tickedMs: number;

  constructor(clock: Clock, times: Pick<TierTimes, 'openAwakeMs' | 'changeAwakeMs'>) {
    this.#clock = clock;
    this.#times = times;
    this.#tickedMs = clock.monotonic();
  }

  opened(): void {
    this.#wake('opened', this.#times.openAwakeMs);
  }

  changed(): void {
    this.#wake('picture-changed', this.#times.changeAwakeMs);
  }

  keepAwake(holdMs: number): void {
    this.#wake('scenario', holdMs);
  }

  /** To be called every second. */
  tick(moment: TierMoment): void {
    const nowMs = this.#clock.monotonic();
    const elapsedMs = Math.min(longestTickMs, nowMs - this.#tickedMs);
    const counts = this.#minutes.at(this.#clock.now());
    this.#noteTier(moment.tier);
    if (!moment.isLive) counts.blindMs += elapsedMs;
    else if (moment.tier === 'awake') counts.awakeMs += elapsedMs;
    else counts.dormantMs += elapsedMs;
    if (moment.isLive) this.#addReasons(counts, moment, nowMs - elapsedMs, nowMs);
    this.#addTotals(counts, moment.totals);
    this.#tickedMs = nowMs;
  }

  record(): CameraRecord {
    const minutes = this.#minutes.last(this.#clock.now());
    return structuredClone({
      minutes: minutes.map(({ from, counts }) => ({ from, ...counts })),
      tierChanges: this.#changes,
    });
  }

  #wake(reason: WakeReason, holdMs: number): void {
    const nowMs = this.#clock.monotonic();
    this.#until.set(reason, Math.max(this.#until.get(reason) ?? nowMs, nowMs + holdMs));
    if (this.#tier === 'dormant') this.#waking ??= { at: Math.round(this.#clock.now()), reason };
  }

  #noteTier(tier: Tier): void {
    const now = { at: Math.round(this.#clock.now()), reason: 'quiet' as const };
    const waking = this.#waking ?? { ...now, reason: 'opened' as const };
    if (tier !== this.#tier) {
      const change = { ...(tier === 'awake' ? waking : now), tier };
      this.#changes = [...this.#changes, change].slice(-maxTierChanges);
    }
    this.#tier = tier;
    // Also when it did not wake: what was asked then does not explain why it wakes later.
    this.#waking = undefined;
  }

  #addReasons({ wokenMs }: Counts, { tier, isLongGop }: TierMoment, fromMs: number, nowMs: number): void {
    for (const [reason, until] of this.#until) {
      wokenMs[reason] += Math.max(0, Math.min(nowMs, until) - fromMs);
    }
    if (isLongGop && tier === 'dormant') wokenMs['long-gop'] += nowMs - fromMs;
  }

  #addTotals(counts: Counts, now: Totals): void {
    const before = this.#before;
    counts.received += now.received - before.received;
    counts.decoded += now.decoded - before.decoded;
    counts.busyMs += now.busyMs - before.busyMs;
    for (const reason of dropReasons) counts.dropped[reason] += now.dropped[reason] - before.dropped[reason];
    const { received, decoded, busyMs, dropped } = now;
    this.#before = { received, decoded, busyMs, dropped: { ...dropped } };
  }
}

const createDropped = (): Record<DropReason, number> => ({
  quiet: 0,
  behind: 0,
  shed: 0,
  'detector-busy': 0,
});

const createCounts = (): Counts => ({
  awakeMs: 0,
  dormantMs: 0,
  blindMs: 0,
  received: 0,
  decoded: 0,
  busyMs: 0,
  wokenMs: { opened: 0, 'picture-changed': 0, scenario: 0, 'long-gop': 0 },
  dropped: createDropped(),
});
