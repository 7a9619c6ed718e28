import { createHourOfWeek } from '../../core/hour-of-week.ts';
import type { Missing } from '../../core/schema/explanation.ts';
import type { Label } from '../../core/schema/label.ts';
import { type CameraNormals, neededDays, quarterMs } from '../../core/schema/normals.ts';
import type { ScenarioOf } from '../../core/schema/scenario.ts';
import type { ActivityNormals } from '../../core/stages.ts';
import { type ActivityBand, type ActivityLimits, bandOf, toLimits } from './activity-limits.ts';
import { explainOpen, type WatchExplanation } from './explain.ts';
import { type Quarter, QuarterTally } from './quarter-tally.ts';
import type { Scene } from './scene.ts';
import type { Alerting, Finding, Ongoing, Watch } from './watch.ts';

const defaultFactor = 2;
/** Nobody looked for longer than this: what goes on then is a situation of its own. */
const resumeWindowMs = 60 * 60_000;

interface Judgement {
  label: Label;
  count: number;
  band: ActivityBand;
  limits: ActivityLimits;
  /** The limit that the count is beyond, if it is. */
  beyond?: number;
}

/**
 * 异常活动: more or fewer tracks of a label begin in a quarter of an hour than is normal for this camera at this hour of
 * the week. Too many are told as soon as they are; too few when the quarter is over and was looked at. Over when a whole
 * quarter is back inside the limits.
 */
export class UnusualActivityWatch implements Watch {
  readonly #scenario: ScenarioOf<'unusualActivity'>;
  readonly #cameraId: string;
  readonly #normals: ActivityNormals;
  readonly #alerting: Alerting;
  readonly #tally = new QuarterTally();
  #hour: { timezone: string; of: (at: number) => number } | undefined;
  #open: Ongoing | undefined;

  constructor(
    scenario: ScenarioOf<'unusualActivity'>,
    cameraId: string,
    normals: ActivityNormals,
    alerting: Alerting,
  ) {
    this.#scenario = scenario;
    this.#cameraId = cameraId;
    this.#normals = normals;
    this.#alerting = alerting;
  }

  /** Asks for no frames: what a sleeping camera misses is missing in what is normal, too. */
  look(scene: Scene, isOnDuty: boolean): boolean {
    if (this.#open) this.expire(scene.frame.capturedAt - this.#open.heldUntil - quarterMs);
    const finished = this.#tally.look(scene, isOnDuty);
    if (!isOnDuty) {
      this.#end();
      return false;
    }
    const { running } = this.#tally;
    // What is not over yet can be too many already, never too few.
    const isUnusualNow =
      running?.wasOnDuty && this.#judge({ ...running, isWhole: false }, scene, scene.frame.capturedAt);
    if (finished?.wasOnDuty && !isUnusualNow) this.#judge(finished, scene, finished.startsAt + quarterMs);
    return false;
  }

  dueInMs(): number {
    return Number.POSITIVE_INFINITY;
  }

  /** Of two situations the later goes on; the other is over. */
  resume(situation: Ongoing): void {
    const other = this.#open;
    const isLater = !other || situation.startedAt >= other.startedAt;
    this.#open = isLater ? situation : other;
    if (other) this.#alerting.end(isLater ? other : situation);
  }

  recall(): void {
    // What is unusual again is a new situation.
  }

  expire(unseenMs: number): void {
    if (unseenMs > resumeWindowMs) this.#end();
  }

  ongoing(): readonly Ongoing[] {
    return this.#open ? [this.#open] : [];
  }

  explain(): WatchExplanation {
    if (this.#open) return explainOpen(this.#open);
    const normals = this.#normals.of(this.#cameraId);
    const haveDays = normals?.watchedDays ?? 0;
    if (!normals || haveDays < neededDays)
      return { state: 'idle', missing: [{ what: 'history', haveDays, needDays: neededDays }] };
    const { running } = this.#tally;
    if (!running) return { state: 'idle', missing: [{ what: 'frames' }] };
    const missing = this.#scenario.labels
      .slice(0, 4)
      .map((label) => this.#explainLabel(running, label, normals));
    return { state: 'idle', missing };
  }

  #explainLabel(quarter: Quarter, label: Label, normals: CameraNormals): Missing {
    const judgement = this.#judgeLabel(quarter, label, normals);
    if (!judgement) return { what: 'hour', label };
    const { count, band, limits } = judgement;
    const { sides = 'both' } = this.#scenario;
    return {
      ...{ what: 'activity' as const, label, have: count, usualLow: band.low, usualHigh: band.high },
      ...(sides === 'fewer' ? {} : { above: limits.above }),
      ...(sides === 'more' || limits.below === undefined ? {} : { below: limits.below }),
    };
  }

  /** Whether the quarter is unusual; begins, holds or ends the situation. */
  #judge(quarter: Quarter, scene: Scene, until: number): boolean {
    const normals = this.#normals.of(this.#cameraId);
    const judged = this.#scenario.labels.flatMap(
      (label) => (normals && this.#judgeLabel(quarter, label, normals)) ?? [],
    );
    const unusual = judged.find(({ beyond }) => beyond !== undefined);
    if (unusual && this.#open)
      this.#open.heldUntil = Math.max(this.#open.heldUntil, this.#open.startedAt, Math.round(until));
    else if (unusual) this.#open = this.#alerting.raise(toFinding(unusual, quarter, scene, until), scene);
    else if (quarter.isWhole) this.#end();
    return unusual !== undefined;
  }

  #judgeLabel(quarter: Quarter, label: Label, normals: CameraNormals): Judgement | undefined {
    if (normals.watchedDays < neededDays) return undefined;
    const { factor = defaultFactor, sides = 'both' } = this.#scenario;
    const band = bandOf(normals, label, this.#hourOf(quarter.startsAt, normals.timezone));
    if (!band) return undefined;
    const limits = toLimits(band, factor);
    const count = quarter.counts.get(label) ?? 0;
    const judgement = { label, count, band, limits };
    if (sides !== 'fewer' && count > limits.above) return { ...judgement, beyond: limits.above };
    const isTooFew = sides !== 'more' && quarter.isWhole && count < (limits.below ?? 0);
    return isTooFew ? { ...judgement, beyond: limits.below ?? 0 } : judgement;
  }

  #hourOf(at: number, timezone: string): number {
    if (this.#hour?.timezone !== timezone) this.#hour = { timezone, of: createHourOfWeek(timezone) };
    return this.#hour.of(at);
  }

  #end(): void {
    if (this.#open) this.#alerting.end(this.#open);
    this.#open = undefined;
  }
}

const toFinding = (
  { label, count, band, beyond }: Judgement,
  quarter: Quarter,
  scene: Scene,
  until: number,
): Finding => ({
  startedAt: Math.max(0, quarter.startsAt),
  facts: {
    label,
    count,
    ...(beyond === undefined ? {} : { limitCount: beyond }),
    usualLow: band.low,
    usualHigh: band.high,
    dwellMs: Math.max(0, Math.round(until - quarter.startsAt)),
    limitDwellMs: quarterMs,
  },
  tracks: scene.tracks.filter((track) => track.isConfirmed && track.label === label),
});
