import { matchSituations } from './match-situations.ts';
import type { FoundSituation, SituationMatches, TrueSituation } from './situation.ts';

/** Shares are null where there is nothing to divide by. */
export interface ScenarioScore {
  situations: number;
  alerts: number;
  found: number;
  missed: number;
  repeats: number;
  falseAlerts: number;
  /** Of the alerts that are no repeats, those to something. */
  precision: number | null;
  recall: number | null;
  f1: number | null;
  /** Of the situations found: 1 is ideal, more are repeats. */
  alertsPerSituation: number | null;
  /** From when an alert was due to the frame that raised it; below 0 when it came before. */
  delayMeanMs: number | null;
  delayMaxMs: number | null;
}

export interface ScenarioScores {
  /** By scenario, in the order of `scenarioIds`. */
  scenarios: readonly (ScenarioScore & { scenarioId: string })[];
  total: ScenarioScore;
}

/** Compares what was alerted to with what went on, each scenario by itself and all of them together. */
export const scoreScenarios = (
  scenarioIds: readonly string[],
  truths: readonly TrueSituation[],
  alerts: readonly FoundSituation[],
  toleranceMs: number,
): ScenarioScores => {
  const matched = scenarioIds.map((id) => {
    const isOwn = ({ scenarioId }: { scenarioId: string }): boolean => scenarioId === id;
    return { id, matches: matchSituations(truths.filter(isOwn), alerts.filter(isOwn), toleranceMs) };
  });
  return {
    scenarios: matched.map(({ id, matches }) => ({ scenarioId: id, ...toScore([matches]) })),
    total: toScore(matched.map(({ matches }) => matches)),
  };
};

const toScore = (all: readonly SituationMatches[]): ScenarioScore => {
  const sum = (count: (matches: SituationMatches) => number): number =>
    all.reduce((total, matches) => total + count(matches), 0);
  const found = sum(({ pairs }) => pairs.length);
  const missed = sum((matches) => matches.missed.length);
  const repeats = sum((matches) => matches.repeats.length);
  const falseAlerts = sum((matches) => matches.falseAlerts.length);
  const delays = all.flatMap(({ pairs }) =>
    pairs.map(([truth, alert]) => alert.raisedMs - (truth.dueMs ?? truth.startedMs)),
  );
  return {
    situations: found + missed,
    alerts: found + repeats + falseAlerts,
    ...{ found, missed, repeats, falseAlerts },
    precision: share(found, found + falseAlerts),
    recall: share(found, found + missed),
    f1: share(2 * found, 2 * found + falseAlerts + missed),
    alertsPerSituation: share(found + repeats, found),
    delayMeanMs: share(
      delays.reduce((total, delay) => total + delay, 0),
      delays.length,
    ),
    delayMaxMs: delays.length > 0 ? Math.max(...delays) : null,
  };
};

const share = (part: number, whole: number): number | null => (whole > 0 ? part / whole : null);
