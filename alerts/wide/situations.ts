import { eventNumber, numberedEventId } from '../../core/event-number.ts';
import type { AlertEvent, AlertFacts, RaisedAlert } from '../../core/schema/alert.ts';
import { isWideKind, type Scenario, type WideScenario } from '../../core/schema/scenario.ts';
import { chanceOf } from '../../core/ulid.ts';
import { coolDownMs, maxResumptions, resumptionSpacingMs } from '../scenarios/cool-down.ts';

/** A situation that a wide scenario has alerted to. */
export interface Situation {
  alertId: string;
  /** What it is about; see `toKey`. */
  key: string;
  scenarioId: string;
  kind: RaisedAlert['kind'];
  cameraId: string;
  /** All that it was about when it was raised. */
  cameraIds: readonly string[];
  place: string;
  startedAt: number;
  facts: AlertFacts;
  resumptions: number;
  /** When it last went on. */
  resumedAt?: number;
  updates: number;
  endedAt?: number;
}

/** Those that are over, kept for cool-downs and because an event of ours comes back from the bus later than its end. */
const maxEnded = 5000;

/**
 * What the wide scenarios have alerted to, as the events say: those on the bus, and those of ours that are on their
 * way there. Taking an event twice, or after a later one, changes nothing.
 */
export class Situations {
  readonly #byId = new Map<string, Situation>();
  #ended = 0;

  take(event: AlertEvent): void {
    if (event.type === 'raised') this.#begin(event.alert);
    const situation = this.#byId.get(event.alertId);
    if (!situation) return;
    if (event.type === 'updated') this.#update(situation, event);
    else if (event.type === 'ended') this.#end(situation, event);
    else if (event.type === 'resumed') this.#resume(situation, event);
  }

  /** The event was not accepted for delivery: as if it had never been. */
  undo(event: AlertEvent): void {
    const situation = this.#byId.get(event.alertId);
    if (event.type === 'raised') this.#byId.delete(event.alertId);
    else if (event.type === 'ended' && situation) this.#reopen(situation);
  }

  /** Those of a scenario that are not over, the oldest first. */
  open(scenarioId: string): Situation[] {
    return [...this.#byId.values()].filter(
      (situation) => situation.scenarioId === scenarioId && situation.endedAt === undefined,
    );
  }

  /** Those that are not over and whose scenario is gone. */
  orphans(scenarios: readonly Pick<Scenario, 'id' | 'kind'>[]): Situation[] {
    const kinds = new Map(scenarios.map(({ id, kind }) => [id, kind]));
    return [...this.#byId.values()].filter(
      ({ scenarioId, kind, endedAt }) => endedAt === undefined && kinds.get(scenarioId) !== kind,
    );
  }

  /** The latest of a scenario that had ended so lately that what began again `at` goes on with it. */
  cooling(scenario: WideScenario, at: number, isSame: (one: Situation) => boolean): Situation | undefined {
    const coolMs = coolDownMs(scenario);
    return this.all(scenario.id).findLast(
      (one) => isCooling(one, coolMs, at) && one.resumptions < maxResumptions && isSame(one),
    );
  }

  /** All of a scenario that are remembered, also those that are over. */
  all(scenarioId: string): Situation[] {
    return [...this.#byId.values()].filter((situation) => situation.scenarioId === scenarioId);
  }

  #begin(alert: RaisedAlert): void {
    const { alertId, scenarioId, kind, cameraId, otherCameras = [], place, startedAt, facts } = alert;
    if (!isWideKind(kind)) return;
    if (this.#byId.has(alertId)) return;
    this.#byId.set(alertId, {
      ...{ alertId, key: chanceOf(alertId), scenarioId, kind, cameraId, place, startedAt, facts },
      ...{ cameraIds: [cameraId, ...otherCameras], resumptions: 0, updates: 0 },
    });
  }

  #update(situation: Situation, { eventId, facts }: AlertEvent & { type: 'updated' }): void {
    const updates = eventNumber(eventId) ?? 0;
    if (updates > situation.updates) Object.assign(situation, { facts, updates });
  }

  #end(situation: Situation, { eventId, endedAt }: AlertEvent & { type: 'ended' }): void {
    if (eventId !== endEventId(situation) || situation.endedAt !== undefined) return; // of before it was resumed
    situation.endedAt = endedAt;
    this.#ended++;
    if (this.#ended > maxEnded) this.#forgetOldest();
  }

  #resume(situation: Situation, { eventId, facts, at }: AlertEvent & { type: 'resumed' }): void {
    const turn = eventNumber(eventId) ?? 0;
    if (turn <= situation.resumptions) return;
    situation.resumptions = turn;
    situation.resumedAt = at;
    situation.facts = facts;
    this.#reopen(situation);
  }

  #reopen(situation: Situation): void {
    if (situation.endedAt === undefined) return;
    delete situation.endedAt;
    this.#ended--;
  }

  #forgetOldest(): void {
    for (const { alertId, endedAt } of this.#byId.values()) {
      if (endedAt === undefined) continue;
      this.#byId.delete(alertId);
      this.#ended--;
      return;
    }
  }
}

/** Whether it went on so lately that it may not do so again yet. */
export const isTooSoon = ({ resumptions, resumedAt }: Situation, at: number): boolean =>
  resumedAt !== undefined && at - resumedAt < resumptionSpacingMs(resumptions);

/** The longer resumptions must lie apart, the longer it may go on: nothing falls between the two. */
const isCooling = ({ endedAt, resumptions }: Situation, coolMs: number, at: number): boolean =>
  coolMs > 0 &&
  endedAt !== undefined &&
  at - endedAt < Math.max(coolMs, resumptions > 0 ? resumptionSpacingMs(resumptions) : 0);

/** Each time that it is over has a name of its own, or the bus would take the second for the first. */
export const endEventId = ({ alertId, resumptions }: Situation): string =>
  numberedEventId(alertId, 'ended', resumptions);
