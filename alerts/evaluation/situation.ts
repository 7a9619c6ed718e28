/** Something that really went on and that a scenario is meant to find. Times are the clip's own, in milliseconds. */
export interface TrueSituation {
  scenarioId: string;
  startedMs: number;
  endedMs: number;
  /** From when on an alert is due, as when a dwell is over; from its beginning unless said. */
  dueMs?: number;
}

/** What a scenario alerted to: an alert from its `startedAt` to its `endedAt`, or to the end of the clip. */
export interface FoundSituation {
  scenarioId: string;
  startedMs: number;
  endedMs: number;
  /** The frame that decided. */
  raisedMs: number;
}

/** What became of one scenario's alerts and situations. */
export interface SituationMatches {
  pairs: readonly (readonly [TrueSituation, FoundSituation])[];
  missed: readonly TrueSituation[];
  /** Further alerts to a situation that has one. */
  repeats: readonly FoundSituation[];
  /** Alerts to nothing. */
  falseAlerts: readonly FoundSituation[];
}
