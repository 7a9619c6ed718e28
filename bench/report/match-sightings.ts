import type { ReelRecipe } from '../footage/view.ts';
import type { Reference } from '../reference/open-reference.ts';
import type { Situation } from '../reference/watch-reel.ts';
import type { Sighting, TimedAlert } from '../sides/ours/sightings.ts';

/** A situation of the reference as one camera met it. */
export interface Encounter {
  reel: ReelRecipe;
  /** How long the situation held after it was fulfilled. */
  heldMs: number;
  /** The camera was dormant when it began. */
  beganDormant: boolean;
  /** Nothing when no alert came of it. */
  alert: TimedAlert | undefined;
  /** From the condition fulfilled, at 5 fps always-on, to JetStream having the alert; nothing when missed. */
  latencyMs: number | undefined;
}

export interface Matched {
  encounters: readonly Encounter[];
  /** By reel: alerts where something was in view and the reference raised none. */
  extraAlerts: readonly { reelId: string; alert: TimedAlert }[];
}

/** How much earlier than the reference, which looks five times a second, an alert of the same situation may decide. */
const earlyMs = 3000;
/** And how much later: no longer than a scenario waits before it calls a situation over. */
const lateMs = 8000;

/** Finds for each situation of each showing the alert that came of it. An alert stands for one situation only. */
export const matchSightings = (
  sightings: readonly Sighting[],
  reference: Reference,
  reels: readonly ReelRecipe[],
): Matched => {
  const encounters: Encounter[] = [];
  const extraAlerts: { reelId: string; alert: TimedAlert }[] = [];
  for (const sighting of sightings) {
    const reel = reels.find(({ id }) => id === sighting.reelId);
    if (!reel) continue;
    const left = new Set(sighting.alerts);
    for (const situation of reference.get(sighting.reelId)?.situations ?? []) {
      const alert = [...left].find((candidate) => isOf(candidate, situation));
      if (alert) left.delete(alert);
      encounters.push(toEncounter(reel, sighting, situation, alert));
    }
    for (const alert of left) extraAlerts.push({ reelId: sighting.reelId, alert });
  }
  return { encounters, extraAlerts };
};

/** Whether the always-on reference raises such an alert when it begins with another picture. */
export const isRaisedIn = (
  otherPhases: readonly Reference[],
  { reelId, alert }: Matched['extraAlerts'][number],
): boolean =>
  otherPhases.some((phase) => phase.get(reelId)?.situations.some((situation) => isOf(alert, situation)));

const isOf = ({ scenarioId, capturedMs }: TimedAlert, situation: Situation): boolean =>
  scenarioId === situation.scenarioId &&
  capturedMs >= situation.capturedMs - earlyMs &&
  capturedMs <= situation.capturedMs + lateMs;

const toEncounter = (
  reel: ReelRecipe,
  { tiers }: Sighting,
  { startedMs, fulfilledMs, endedMs }: Situation,
  alert: TimedAlert | undefined,
): Encounter => ({
  reel,
  heldMs: endedMs - fulfilledMs,
  beganDormant: tiers.findLast(({ atMs }) => atMs <= startedMs)?.isAwake !== true,
  alert,
  latencyMs: alert && alert.storedMs - fulfilledMs,
});
