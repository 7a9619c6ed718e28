import { parseDuration } from '../../../core/config/quantity.ts';
import type { Resources } from '../../../core/resources.ts';
import type { Clock } from '../../../core/runtime/clock.ts';
import { createSchedule, defaultTimezone } from '../../../core/schedule.ts';
import type { Alert } from '../../../core/schema/alert.ts';
import type { Lifecycle } from '../../lifecycle/lifecycle.ts';
import { toKey } from '../situation-key.ts';
import type { Situation, Situations } from '../situations.ts';
import type { WideAlerts } from '../wide-alerts.ts';
import {
  type CompositeScenario,
  camerasOf,
  isGoingOn,
  isPart,
  placeOf,
  spotOf,
  toCandidates,
  toFacts,
} from './composite-rules.ts';
import { byStart, matchParts } from './match-parts.ts';

export interface CompositeOptions {
  clock: Clock;
  resources: Pick<Resources, 'site' | 'scenarios' | 'calendars'>;
  lifecycle: Pick<Lifecycle, 'openAlerts' | 'find'>;
  situations: Situations;
  alerts: WideAlerts;
}

/** The schema's bound on the alerts that one is made of. */
const maxParts = 64;
/** Of a place where so much happens within one time the latest decide. */
const maxCandidates = 256;
/** What was raised this long before the role was there again is still put together. */
const lateMs = 15 * 60_000;
const withoutMedia = 'the pictures are those of the alerts that this one is made of';

/** 复合预警: puts alerts together that make a graver one. Everything it knows is in the alerts themselves. */
export class CompositeWatch {
  readonly #options: CompositeOptions;

  constructor(options: CompositeOptions) {
    this.#options = options;
  }

  /** Looks at what came while nobody looked. */
  begin(): void {
    const { clock, lifecycle } = this.#options;
    const since = clock.now() - lateMs;
    for (const alert of lifecycle.openAlerts()) if (alert.raisedAt >= since) this.take(alert);
  }

  /** An alert has been raised. */
  take(alert: Alert): void {
    for (const scenario of this.#options.resources.scenarios()) {
      if (scenario.kind === 'composite' && isPart(scenario, alert)) this.#join(scenario, alert);
    }
  }

  /** To be called every second: ends what has ended in all its parts. */
  tick(): void {
    const { clock, resources, situations, lifecycle, alerts } = this.#options;
    for (const scenario of resources.scenarios()) {
      if (scenario.kind !== 'composite') continue;
      for (const situation of situations.open(scenario.id)) {
        const parts = (situation.facts.parts ?? []).map((id) => lifecycle.find(id));
        if (parts.some((part) => part && isGoingOn(part))) continue;
        const ends = parts.flatMap((part) => part?.endedAt ?? []);
        alerts.end(situation, ends.length > 0 ? Math.max(...ends) : clock.now());
      }
    }
  }

  #join(scenario: CompositeScenario, alert: Alert): void {
    const { clock, situations, resources } = this.#options;
    const known = situations.all(scenario.id);
    const taken = new Set(known.flatMap(({ facts }) => facts.parts ?? []));
    if (taken.has(alert.alertId)) return;
    const going = known.find((one) => one.endedAt === undefined && this.#belongs(scenario, one, alert));
    if (going) {
      this.#extend(scenario, going, alert);
      return;
    }
    const timezone = resources.site().timezone ?? defaultTimezone;
    const schedule = createSchedule(scenario.schedule, timezone, resources.calendars());
    if (!schedule.isOnDuty(clock.now())) return;
    const matched = this.#match(scenario, alert, taken);
    if (matched) this.#raise(scenario, matched);
  }

  /** In the same place, and begun soon enough after (or before) its latest part. */
  #belongs(scenario: CompositeScenario, { facts, ...one }: Situation, alert: Alert): boolean {
    if (spotOf(scenario, one) !== spotOf(scenario, alert)) return false;
    const starts = (facts.parts ?? []).flatMap((id) => this.#options.lifecycle.find(id)?.startedAt ?? []);
    const latest = Math.max(one.startedAt, ...starts);
    return Math.abs(alert.startedAt - latest) <= parseDuration(scenario.within);
  }

  #extend(scenario: CompositeScenario, situation: Situation, alert: Alert): void {
    const { lifecycle, alerts } = this.#options;
    const earlier = situation.facts.parts ?? [];
    if (earlier.length >= maxParts) return;
    const parts = [...earlier.flatMap((id) => lifecycle.find(id) ?? []), alert];
    const ids = [...earlier, alert.alertId];
    alerts.update(situation, { ...toFacts(scenario, parts), parts: ids });
  }

  /** What the alert completes within any span of `within` that it lies in; the earliest such span decides. */
  #match(scenario: CompositeScenario, alert: Alert, taken: ReadonlySet<string>): Alert[] | undefined {
    const withinMs = parseDuration(scenario.within);
    const near = this.#options.lifecycle
      .openAlerts()
      .filter(
        (other) =>
          Math.abs(other.startedAt - alert.startedAt) <= withinMs &&
          !taken.has(other.alertId) &&
          isPart(scenario, other) &&
          spotOf(scenario, other) === spotOf(scenario, alert),
      )
      .sort(byStart)
      .slice(-maxCandidates);
    const byId = new Map(near.map((other) => [other.alertId, other]));
    for (const [index, { startedAt }] of near.entries()) {
      if (startedAt > alert.startedAt) break;
      const span = near.slice(index).filter((other) => other.startedAt - startedAt <= withinMs);
      const matched = matchParts(scenario.parts, span.flatMap(toCandidates), scenario.isOrdered ?? false);
      const ids = new Set(matched?.map(({ alertId }) => alertId));
      if (matched && ids.size <= maxParts) return [...ids].flatMap((id) => byId.get(id) ?? []);
    }
    return undefined;
  }

  /** Whoever puts the same alerts together again, after a restart say, comes to the same alert. */
  #raise(scenario: CompositeScenario, parts: readonly Alert[]): void {
    const [first] = parts;
    const last = parts.at(-1);
    if (!first || !last) return;
    const { cameraId, cameraName, raisedAt, capturedAt } = last;
    const facts = { ...toFacts(scenario, parts), parts: parts.map(({ alertId }) => alertId) };
    const earlier = this.#cooling(scenario, last);
    if (earlier) {
      const ids = [...(earlier.facts.parts ?? []), ...facts.parts].slice(-maxParts);
      this.#options.alerts.resume(earlier, { ...facts, parts: ids });
      return;
    }
    const cameras = camerasOf(parts).filter((id) => id !== cameraId);
    this.#options.alerts.raise(scenario, {
      key: toKey(scenario.id, ...parts.map(({ alertId }) => alertId)),
      at: raisedAt,
      cameraId,
      cameraName,
      ...(cameras.length > 0 ? { otherCameras: cameras.slice(0, 1000) } : {}),
      place: placeOf(scenario, last),
      startedAt: first.startedAt,
      capturedAt,
      facts,
      withoutMedia,
    });
  }

  /** One of this place that ended so lately that it goes on. */
  #cooling(scenario: CompositeScenario, alert: Alert): Situation | undefined {
    const { clock, situations } = this.#options;
    const spot = spotOf(scenario, alert);
    return situations.cooling(scenario, clock.now(), (one) => spotOf(scenario, one) === spot);
  }
}
