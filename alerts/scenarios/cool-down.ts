import { parseDuration } from '../../core/config/quantity.ts';
import type { Scenario, ScenarioKind } from '../../core/schema/scenario.ts';

/**
 * How long after its end a situation that begins again is still the same, where its scenario does not say. Somebody who
 * steps out and back is a matter of a minute; a crowd breathes; a place in a lane, fire and a blind camera take longer
 * to be over for good. Something against the lane, once out of sight, is somebody else.
 */
const usual: Record<ScenarioKind, string> = {
  intrusion: '1m',
  lineCrossing: '1m',
  loitering: '2m',
  crowd: '2m',
  wrongWay: '0s',
  blockedLane: '5m',
  roadObstacle: '10m',
  waterside: '1m',
  fireSmoke: '10m',
  unusualActivity: '30m',
  cameraHealth: '10m',
  composite: '10m',
};

/** What begins again within this time of its end continues its alert; 0 when each beginning is to be told anew. */
export const coolDownMs = (scenario: Scenario): number => {
  // Crossings that follow each other are one situation already, which ends when its cool-down is over.
  if (scenario.kind === 'lineCrossing' && !scenario.limit) return 0;
  return parseDuration(scenario.coolDown ?? usual[scenario.kind]);
};

/** Another vehicle or thing somewhere else in the zone is another situation; in a zone of people whoever comes continues. */
export const needsSamePlace = (kind: ScenarioKind): boolean =>
  kind === 'blockedLane' || kind === 'roadObstacle';

/** An alert that was continued this often and begins again is told anew: what is done about it does not last. */
export const maxResumptions = 60;

const closeSpacingMs = 60_000;
const wideSpacingMs = 300_000;
/** After so many the alert is known to come and go. */
const closeResumptions = 5;

/**
 * The least time between two resumptions of one alert, so that something at a zone's edge is told at most once a minute
 * and after five times every five: sixteen in the first hour, twelve in every other.
 */
export const resumptionSpacingMs = (resumptions: number): number =>
  resumptions < closeResumptions ? closeSpacingMs : wideSpacingMs;
