import type { AlertFacts, RaisedAlert } from '../../core/schema/alert.ts';
import type { Box } from '../../core/schema/geometry.ts';
import type { Scenario } from '../../core/schema/scenario.ts';
import { coolDownMs, maxResumptions, needsSamePlace, resumptionSpacingMs } from './cool-down.ts';
import type { Scene } from './scene.ts';
import { isSamePlace } from './standing-place.ts';
import type { Ongoing } from './watch.ts';

/**
 * An alert of this camera as far as continuing and updating it takes. Moments (`…On`) are on the scene's time line; of
 * alerts from before a restart they are capture times until the first look.
 */
export interface ToldAlert {
  /** What must be the same for a situation to continue it; see `situationKey`. */
  readonly key: string;
  situation: Ongoing;
  /** As they were told last, and as they are now. */
  facts: AlertFacts;
  latest: AlertFacts;
  resumptions: number;
  updates: number;
  heldOn: number;
  /** When anything was last said of it. */
  toldOn: number;
  resumedOn: number;
  /** It goes on and that has not been said, for the last time that was said is too short ago. */
  isQuiet: boolean;
}

type SituationFacts = Pick<RaisedAlert, 'scenarioId' | 'kind' | 'severity' | 'place'> & {
  zoneId?: string | undefined;
  lineId?: string | undefined;
};

/** An alert goes on for the same scenario in the same part of the picture; a more severe one is told anew. */
export const situationKey = ({ scenarioId, kind, severity, place, zoneId, lineId }: SituationFacts): string =>
  JSON.stringify([scenarioId, kind, severity, place, zoneId, lineId]);

/** Alerts that are over and may begin again: twice what a camera may have open. */
const maxOver = 128;

/** The alerts of one camera that go on, and those that have ended lately. */
export class AlertMemory {
  readonly #open = new Map<string, ToldAlert>();
  /** In the order in which they ended. */
  #over: ToldAlert[] = [];
  #isOnLine = false;

  get open(): Iterable<ToldAlert> {
    return this.#open.values();
  }

  get openCount(): number {
    return this.#open.size;
  }

  keepOpen(told: ToldAlert): void {
    this.#open.set(told.situation.alertId, told);
  }

  keepOver(told: ToldAlert): void {
    this.#over = [...this.#over, told].slice(-maxOver);
  }

  find(alertId: string): ToldAlert | undefined {
    return this.#open.get(alertId);
  }

  /** Its situation is over; `isForGood`: nothing that begins later continues it. */
  close(alertId: string, isForGood: boolean): ToldAlert | undefined {
    const told = this.#open.get(alertId);
    this.#open.delete(alertId);
    if (told && !isForGood) this.keepOver(told);
    return told;
  }

  /** Takes out the alert that a situation continues: the latest of the same kind whose cool-down is not over. */
  take(scenario: Scenario, key: string, begunOn: number, box: Box | undefined): ToldAlert | undefined {
    const coolMs = coolDownMs(scenario);
    const isPlaced = needsSamePlace(scenario.kind);
    const found = this.#over.findLast(
      (told) =>
        told.key === key &&
        isCooling(told, coolMs, begunOn) &&
        (!isPlaced || isInPlace(told.situation.box ?? told.situation.spot, box)),
    );
    if (found) this.#over = this.#over.filter((told) => told !== found);
    return found;
  }

  /** The first look tells how capture times lie on the scene's time line. */
  settle({ now, frame }: Scene): void {
    if (this.#isOnLine) return;
    this.#isOnLine = true;
    const toLine = (moment: number): number => Math.min(now, moment + now - frame.capturedAt);
    for (const told of [...this.#open.values(), ...this.#over]) {
      told.heldOn = toLine(told.heldOn);
      told.toldOn = toLine(told.toldOn);
      told.resumedOn = toLine(told.resumedOn);
    }
  }
}

/** The longer an alert's resumptions must lie apart, the longer it may be continued: nothing falls between the two. */
const isCooling = ({ heldOn, resumptions }: ToldAlert, coolMs: number, begunOn: number): boolean =>
  coolMs > 0 &&
  resumptions < maxResumptions &&
  begunOn - heldOn <= Math.max(coolMs, resumptions > 0 ? resumptionSpacingMs(resumptions) : 0);

const isInPlace = (before: Box | undefined, now: Box | undefined): boolean =>
  before !== undefined && now !== undefined && isSamePlace(before, now);
